import { createElement, notMounted } from "./element.js"
import { integrationError } from "./errors.js"
import { createListeners } from "./listeners.js"
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
 * What the elements of one payment share. `walletMethod` is what a wallet gave, until it is used.
 * @typedef {{ publishableKey: string, options: GroupOptions, parts: Map<string, Part>, isSubmitted: boolean,
 *   walletMethod: string | undefined }} Group
 */

/**
 * The elements of one payment.
 * @param {string} publishableKey
 * @param {GroupOptions} given
 */
export function createGroup(publishableKey, given) {
  checkGroupOptions(given)
  /** @type {Group} */
  const group = {
    publishableKey,
    options: { ...given },
    parts: new Map(),
    isSubmitted: false,
    walletMethod: undefined,
  }
  const listeners = createListeners()
  const elements = {
    /** @param {string} type @param {object} [own] */
    create: (type, own = {}) => addPart(group, type, own).element,
    /** @param {string} type */
    getElement: (type) => group.parts.get(type)?.element ?? null,
    /** @param {GroupOptions} changed */
    update: async (changed) => {
      const next = { ...group.options, ...changed }
      checkGroupOptions(next)
      group.options = next
      for (const part of group.parts.values()) part.tell("update", { ...next, publishableKey })
      listeners.tell("update-end", {})
    },
    fetchUpdates: async () => ({}),
    on: listeners.add,
    submit: () => submitGroup(group),
  }
  groups.set(elements, group)
  return elements
}

/** @param {Group} group @param {string} type @param {object} own @returns {Part} */
function addPart(group, type, own) {
  if (group.parts.has(type)) {
    throw integrationError(`Can only create one Element of type ${type}.`)
  }
  const make = { payment: createPayment, expressCheckout: createExpress }[type]
  if (make === undefined) {
    throw integrationError(
      `The payment sandbox has no Element of type ${type}; it has payment and expressCheckout.`,
    )
  }
  const part = make(group, own)
  group.parts.set(type, part)
  return part
}

/** @param {Group} group @param {object} own @returns {Part} */
function createPayment(group, own) {
  return createElement({
    ...shared(group, "payment", own),
    page: "payment.html",
    title: "Secure payment input frame",
    minHeight: "166px",
    onMessage: (type, data, emit) => {
      if (type === "change") {
        group.isSubmitted = false
        group.walletMethod = undefined
      }
      emit(type, data ?? {})
    },
  })
}

/** @param {Group} group @param {object} own @returns {Part} */
function createExpress(group, own) {
  const common = shared(group, "expressCheckout", own)
  /** @param {string} id */
  const keepMethod = (id) => {
    group.walletMethod = id
    group.isSubmitted = false
  }
  /** @type {Part} */
  const part = createElement({
    ...common,
    page: "express.html",
    title: "Express checkout frame",
    minHeight: "48px",
    onMessage: (type, data, emit) => {
      if (type === "click") void payByWallet(part, emit, common.initial, keepMethod)
      else emit(type, data ?? {})
    },
  })
  return part
}

/** @param {Group} group @param {string} type @param {object} own */
function shared(group, type, own) {
  let options = own
  return {
    type,
    initial: () => ({ ...group.options, options, publishableKey: group.publishableKey }),
    onDestroy: () => void group.parts.delete(type),
    /** @param {object} changed */
    onOptions: (changed) => {
      options = { ...options, ...changed }
    },
  }
}

/** @param {Group} group @returns {Promise<{ error: Failure } | { selectedPaymentMethod: string }>} */
async function submitGroup(group) {
  if (group.walletMethod !== undefined) {
    group.isSubmitted = true
    return { selectedPaymentMethod: "google_pay" }
  }
  const part = group.parts.get("payment")
  if (part === undefined) throw notMounted()
  const result = await part.ask("submit")
  group.isSubmitted = result.error === undefined
  return result
}

/**
 * Makes the payment method in the frame: the card never passes through this page.
 * @param {Group} group
 * @param {Billing} billing
 * @returns {Promise<{ id: string } | { error: Failure }>}
 */
export async function makeMethod(group, billing) {
  if (group.walletMethod !== undefined) {
    const id = group.walletMethod
    group.walletMethod = undefined
    return { id }
  }
  const part = group.parts.get("payment")
  if (part === undefined || !part.isMounted()) throw notMounted()
  return part.ask("create-payment-method", billing)
}

/** What `confirmPayment` needs of a group and the page must not see. @type {WeakMap<object, Group>} */
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
