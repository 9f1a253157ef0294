import type { Effect } from "@foyer/shared/protocol"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { pageKey } from "./page.ts"
import { createPaymentForm } from "./payment.ts"
import { openStage } from "./testing/stage.ts"

type Mount = Extract<Effect, { type: "mount-payment" }>
const effect: Mount = {
  type: "mount-payment",
  publishableKey: "pk_test_1",
  amountMinor: 6328,
  currency: "cad",
  locale: "en",
  buyer: { name: "Ada", email: "ada@x.org" },
}
const confirmation = {
  type: "confirm-payment",
  clientSecret: "pi_1_secret_2",
  amountMinor: 6328,
  currency: "cad",
} as const

/** The provider's library as far as the page can tell: it refuses shadow roots and detached nodes. */
function standIn() {
  const calls = { groups: [] as unknown[], updates: [] as unknown[], confirmed: [] as unknown[] }
  const listeners = new Map<string, (event: unknown) => void>()
  let problem: { message: string } | undefined
  const element = () => ({
    on: (name: string, listener: (event: unknown) => void) => listeners.set(name, listener),
    mount: (target: HTMLElement) => {
      if (target.getRootNode() !== document) throw new Error("Elements cannot be mounted there")
      target.append(document.createElement("iframe"))
    },
  })
  const stripe = () => ({
    elements: (options: unknown) => {
      calls.groups.push(options)
      return {
        create: element,
        update: (changed: unknown) => calls.updates.push(changed),
        submit: async () => ({ error: problem }),
      }
    },
    confirmPayment: async (given: unknown) => (calls.confirmed.push(given), {}),
  })
  return {
    stripe,
    calls,
    listeners,
    fail: (message: string) => (problem = { message }),
  }
}

const pay = vi.fn()
const blocked = vi.fn()
let provider: ReturnType<typeof standIn>
let stage: ReturnType<typeof openStage>

beforeEach(() => {
  document.body.replaceChildren()
  pay.mockReset()
  blocked.mockReset()
  provider = standIn()
  Object.assign(window, { Stripe: provider.stripe })
  stage = openStage()
})
afterEach(() => {
  delete (window as { Stripe?: unknown }).Stripe
})

const open = () => createPaymentForm(stage.host, stage.root, { pay, blocked })
const frames = () => stage.host.querySelectorAll(`:scope > [slot="foyer-payment"] iframe`)

it("4: mounts in the light DOM, once, and tells a changed total", async () => {
  const form = open()
  form.mount(effect)
  await expect.poll(() => frames().length).toBe(2)
  expect(provider.calls.groups).toMatchObject([{ mode: "payment", amount: 6328, currency: "cad" }])
  form.mount(effect)
  form.mount({ ...effect, amountMinor: 7000 })
  await expect.poll(() => provider.calls.updates).toEqual([{ amount: 7000, currency: "cad" }])
  expect(frames()).toHaveLength(2)
  expect(blocked).not.toHaveBeenCalled()
})

it("confirms exactly what the shopper sees, and returns to this page by way of our server", async () => {
  Object.assign(stage.host, { widget: "club/main" })
  const page = { origin: "https://tickets.test", arrival: { page: "", returned: false } }
  Object.defineProperty(window, pageKey, { value: page, configurable: true })
  const form = open()
  form.mount(effect)
  expect(await form.submit()).toBeUndefined()
  expect(await form.confirm({ ...confirmation, amountMinor: 7000 })).toBe(false)
  expect(await form.confirm({ ...confirmation, currency: "usd" })).toBe(false)
  expect(provider.calls.confirmed).toEqual([])
  expect(await form.confirm(confirmation)).toBe(true)
  expect(provider.calls.confirmed).toMatchObject([
    {
      clientSecret: "pi_1_secret_2",
      redirect: "if_required",
      confirmParams: {
        return_url: `https://tickets.test/v1/return/club/main?to=${encodeURIComponent(location.href)}`,
      },
    },
  ])
})

it("says what the provider finds wrong with what was typed", async () => {
  provider.fail("Your card number is incomplete.")
  const form = open()
  form.mount(effect)
  expect(await form.submit()).toBe("Your card number is incomplete.")
})

it("pays the amount on screen when a wallet is confirmed, and hides wallets that nobody has", async () => {
  const form = open()
  form.mount(effect)
  await expect.poll(() => provider.listeners.size).toBe(2)
  provider.listeners.get("ready")?.({ availablePaymentMethods: undefined })
  const wallets = frames()[0]?.parentElement?.parentElement
  expect(wallets?.hidden).toBe(true)
  provider.listeners.get("ready")?.({ availablePaymentMethods: { applePay: true } })
  expect([wallets?.hidden, wallets?.style.visibility]).toEqual([false, ""])
  provider.listeners.get("confirm")?.({})
  await expect.poll(() => pay.mock.calls).toEqual([[{ amountMinor: 6328, currency: "cad" }]])
})

it("gives up clearly within somebody else's shadow root", async () => {
  const outer = document.body.appendChild(document.createElement("div"))
  outer.attachShadow({ mode: "open" }).append(stage.host)
  open().mount(effect)
  await expect.poll(() => blocked.mock.calls.length).toBe(1)
  expect(provider.calls.groups).toEqual([])
})

it("gives up clearly when the page's own library is too old, or the script is blocked", async () => {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => {})
  Object.assign(window, { Stripe: () => ({ createToken: () => {} }) })
  open().mount(effect)
  await expect.poll(() => blocked.mock.calls.length).toBe(1)
  open().mount({ ...effect, script: `${location.origin}/missing/stripe.js` })
  await expect.poll(() => blocked.mock.calls.length, { timeout: 5000 }).toBe(2)
  warn.mockRestore()
})
