import { createElement, notMounted } from "./element.js"
import { integrationError } from "./errors.js"
import { payByWallet } from "./modal.js"

/**
 * @typedef {import("./errors.js").Failure} Failure
 */

/**
 * @typedef {{ mode?: string, amount?: number, currency?: string, clientSecret?: string, appearance?: object, locale?: string }} GroupOptions
 * @typedef {ReturnType<typeof createElement>} Part
 * @typedef {{ name?: string, email?: string, phone?: string }} Billing
 */

/**
 * The elements of one payment.
 * @param {string} publishableKey
 * @param {GroupOptions} given
 */
export function createGroup(publishableKey, given) {
  const options = { ...given }
  checkGroupOptions(options)
  /** @type {Map<string, Part>} */
  const parts = new Map()
  /** @type {Set<() => void>} */
  const updateListeners = new Set()
  /** What a wallet gave, until it is used. @type {string | undefined} */
  let walletMethod
  let isSubmitted = false

  /** @param {object} own */
  const initialOf = (own) => () => ({ ...options, options: own, publishableKey })
  const tellAll = () => {
    for (const part of parts.values()) part.tell("update", { ...options, publishableKey })
  }

  /** @param {object} [own] */
  const createPayment = (own = {}) => {
    let options = own
    return createElement({
      type: "payment",
      page: "payment.html",
      title: "Secure payment input frame",
      minHeight: "166px",
      initial: () => initialOf(options)(),
      onMessage: (type, data, emit) => {
        if (type === "change") {
          isSubmitted = false
          walletMethod = undefined
        }
        emit(type, data ?? {})
      },
      onDestroy: () => parts.delete("payment"),
      onOptions: (changed) => {
        options = { ...options, ...changed }
      },
    })
  }

  /** @param {object} [own] */
  const createExpress = (own = {}) => {
    let options = own
    /** @type {Part} */
    const part = createElement({
      type: "expressCheckout",
      page: "express.html",
      title: "Express checkout frame",
      minHeight: "48px",
      initial: () => initialOf(options)(),
      onMessage: (type, data, emit) => {
        if (type === "click") void payByWallet(part, emit, initialOf(options), keepWalletMethod)
        else emit(type, data ?? {})
      },
      onDestroy: () => parts.delete("expressCheckout"),
      onOptions: (changed) => {
        options = { ...options, ...changed }
      },
    })
    return part
  }
  /** @param {string} id */
  const keepWalletMethod = (id) => {
    walletMethod = id
    isSubmitted = false
  }

  /** @param {string} type @param {object} [own] */
  const create = (type, own) => {
    if (parts.has(type)) throw integrationError(`Can only create one Element of type ${type}.`)
    const part =
      type === "payment"
        ? createPayment(own)
        : type === "expressCheckout"
          ? createExpress(own)
          : undefined
    if (part === undefined) {
      throw integrationError(
        `The payment sandbox has no Element of type ${type}; it has payment and expressCheckout.`,
      )
    }
    parts.set(type, part)
    return part.element
  }

  const elements = {
    create,
    /** @param {string} type */
    getElement: (type) => parts.get(type)?.element ?? null,
    /** @param {GroupOptions} changed */
    update: async (changed) => {
      const next = { ...options, ...changed }
      checkGroupOptions(next)
      Object.assign(options, next)
      tellAll()
      for (const listener of updateListeners) listener()
    },
    fetchUpdates: async () => ({}),
    /** @param {"update-end"} type @param {() => void} listener */
    on: (type, listener) => {
      if (type === "update-end") updateListeners.add(listener)
    },
    submit: async () => {
      const part = parts.get("payment")
      if (walletMethod !== undefined) {
        isSubmitted = true
        return { selectedPaymentMethod: "google_pay" }
      }
      if (part === undefined) throw notMounted()
      const result = await part.ask("submit")
      isSubmitted = result.error === undefined
      return result
    },
  }
  const inside = {
    options,
    isSubmitted: () => isSubmitted,
    /** Makes the payment method in the frame: the card never passes through this page. @param {Billing} billing @returns {Promise<{ id: string } | { error: Failure }>} */
    makeMethod: async (billing) => {
      if (walletMethod !== undefined) {
        const id = walletMethod
        walletMethod = undefined
        return { id }
      }
      const part = parts.get("payment")
      if (part === undefined || !part.isMounted()) throw notMounted()
      return part.ask("create-payment-method", billing)
    },
  }
  groups.set(elements, inside)
  return elements
}

/** What `confirmPayment` needs of a group and the page must not see. @type {WeakMap<object, { options: GroupOptions, isSubmitted: () => boolean, makeMethod: (billing: Billing) => Promise<{ id: string } | { error: Failure }> }>} */
export const groups = new WeakMap()

/** @param {GroupOptions} options */
function checkGroupOptions({ mode, amount, currency, clientSecret }) {
  if (clientSecret !== undefined) return
  if (mode !== "payment") {
    throw integrationError(
      "Invalid value for elements(): mode should be payment; the payment sandbox has no other.",
    )
  }
  if (!Number.isInteger(amount) || Number(amount) <= 0) {
    throw integrationError(
      "Invalid value for elements(): amount should be a positive integer in the currency's minor unit.",
    )
  }
  if (typeof currency !== "string" || !/^[a-z]{3}$/.test(currency)) {
    throw integrationError(
      "Invalid value for elements(): currency should be one of the supported lower-case ISO 4217 codes.",
    )
  }
}
