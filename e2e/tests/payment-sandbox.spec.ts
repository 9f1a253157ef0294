import { once } from "node:events"
import { readFile } from "node:fs/promises"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { type Bench, openBench } from "@foyer/server/sandbox/payments/sandbox-harness.ts"
import { expect, type FrameLocator, type Page, test } from "@playwright/test"

let bench: Bench
let shop: { readonly origin: string } & AsyncDisposable

test.beforeAll(async () => {
  bench = await openBench(process.env["FOYER_TEST_POSTGRES"])
  shop = await openShop(new URL(bench.sandbox.scriptUrl).origin)
})
test.afterAll(async () => {
  await shop[Symbol.asyncDispose]()
  await bench[Symbol.asyncDispose]()
})

const shopScript = `
window.keepResult = () => {
  window.result = new Promise((resolve) => { window.settle = resolve })
}
window.openPayment = (publishableKey, amount, currency, appearance) => {
  window.stripe = Stripe(publishableKey)
  window.elements = window.stripe.elements({ mode: "payment", amount, currency, appearance })
  window.payment = window.elements.create("payment", {})
  window.ready = new Promise((resolve, reject) => {
    window.payment.on("ready", resolve)
    window.payment.on("loaderror", (event) => reject(new Error(event.error.message)))
  })
  window.payment.mount("#payment")
  return window.ready
}
window.pay = async (clientSecret) => {
  const submitted = await window.elements.submit()
  if (submitted.error) return submitted
  return window.stripe.confirmPayment({
    elements: window.elements,
    clientSecret,
    confirmParams: {
      return_url: location.origin + "/back?order=7",
      payment_method_data: { billing_details: { email: "sam@example.com" } },
    },
    redirect: "if_required",
  })
}
`

/** An organizer's page with a strict policy: no inline style, no inline script, the sandbox and nobody else. */
async function openShop(sandbox: string): Promise<typeof shop> {
  const html = `<!doctype html><meta name="viewport" content="width=device-width"><title>Shop</title>
    <div id="payment"></div><div id="express"></div><div id="host"></div>
    <script src="${sandbox}/sandbox/stripe.js"></script><script src="/shop.js"></script>`
  const loader = new URL("../../node_modules/@stripe/stripe-js/dist/pure.mjs", import.meta.url)
  const official = await readFile(loader, "utf8")
  const scripts: Readonly<Record<string, string>> = {
    "/shop.js": shopScript,
    "/pure.js": official,
  }
  const policy = `default-src 'none'; script-src 'self' ${sandbox}; frame-src ${sandbox}; connect-src ${sandbox}; style-src 'self'`
  const server = createServer((request, response) => {
    const script = scripts[request.url ?? ""]
    response.setHeader("content-type", script === undefined ? "text/html" : "text/javascript")
    response.setHeader("content-security-policy", policy)
    response.end(script ?? html)
  })
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: async () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

const createIntent = (amount = 6328) =>
  bench.stripe.paymentIntents.create({ amount, currency: "cad" })

async function openPayment(page: Page, appearance: object = {}): Promise<FrameLocator> {
  await page.goto(shop.origin)
  await page.evaluate(
    `openPayment(${JSON.stringify(bench.sandbox.publishableKey)}, 6328, "cad", ${JSON.stringify(appearance)})`,
  )
  return page.frameLocator("#payment iframe")
}

async function fillCard(form: FrameLocator, number: string): Promise<void> {
  await form.getByLabel("Card number").fill(number)
  await form.getByLabel("Expiry").fill("1234")
  await form.getByLabel("Security code").fill("123")
}

/** Presses Pay: the answer comes later, in `window.result`. */
const pay = (page: Page, clientSecret: string | null) =>
  page.evaluate(`keepResult(), void pay(${JSON.stringify(clientSecret)}).then(settle)`)
const resultOf = (page: Page) => page.evaluate("result")

test("pays with a card that is typed into the sandbox's frame, under a strict content policy", async ({
  page,
}) => {
  const violations: string[] = []
  page.on("console", (message) => message.type() === "error" && violations.push(message.text()))
  const form = await openPayment(page)
  await fillCard(form, "4242424242424242")
  await expect(form.getByLabel("Card number")).toHaveValue("4242 4242 4242 4242")
  await expect(form.getByLabel("Expiry")).toHaveValue("12 / 34")
  const intent = await createIntent()
  await pay(page, intent.client_secret)
  expect(await resultOf(page)).toMatchObject({
    paymentIntent: { id: intent.id, status: "succeeded" },
  })
  expect(violations).toEqual([])
  const paid = await bench.stripe.paymentIntents.retrieve(intent.id, { expand: ["latest_charge"] })
  expect(paid.latest_charge).toMatchObject({ billing_details: { email: "sam@example.com" } })
  const { body } = await bench.admin("GET", "/sandbox/calls?path=/v1/payment_methods")
  expect(JSON.stringify(body)).toContain("•••• 4242")
  expect(JSON.stringify(body)).not.toContain("4242424242424242")
})

test("is kept by the official loader, without a word", async ({ page }) => {
  const said: string[] = []
  page.on("console", (message) => said.push(message.text()))
  await page.goto(shop.origin)
  const methods = await page.evaluate(
    `import("/pure.js")
      .then(({ loadStripe }) => loadStripe(${JSON.stringify(bench.sandbox.publishableKey)}))
      .then((stripe) => Object.keys(stripe))`,
  )
  expect(methods).toEqual(
    expect.arrayContaining([
      "elements",
      "confirmPayment",
      "handleNextAction",
      "retrievePaymentIntent",
    ]),
  )
  expect(await page.evaluate("Stripe.isPaymentSandbox")).toBe(true)
  expect(said).toEqual([])
})

test("refuses a shadow root and a detached element, as the provider's library does", async ({
  page,
}) => {
  await openPayment(page)
  const errors = await page.evaluate(() => {
    const attempt = (target: HTMLElement) => {
      const stripe = Reflect.get(window, "stripe")
      const element = stripe
        .elements({ mode: "payment", amount: 500, currency: "cad" })
        .create("payment")
      try {
        element.mount(target)
        return "mounted"
      } catch (error) {
        return String(error)
      }
    }
    const host = document.querySelector("#host")
    const inside = host?.attachShadow({ mode: "open" }).appendChild(document.createElement("div"))
    const slotted = host?.appendChild(document.createElement("div"))
    return [inside, document.createElement("div"), slotted].map(
      (target) => target && attempt(target),
    )
  })
  expect(errors).toEqual([
    expect.stringContaining("IntegrationError: Elements cannot be mounted in a ShadowRoot"),
    expect.stringContaining("IntegrationError: The DOM element you passed to mount() is detached"),
    "mounted",
  ])
})

test("says at the field what is wrong before anything is sent", async ({ page }) => {
  const form = await openPayment(page)
  await form.getByLabel("Card number").fill("4242424242424241")
  expect(await page.evaluate("elements.submit()")).toEqual({
    error: {
      type: "validation_error",
      code: "invalid_number",
      message: "Your card number is invalid.",
    },
  })
  await expect(form.getByLabel("Card number")).toBeFocused()
  await expect(form.getByText("Your card number is invalid.")).toBeVisible()
  await expect(form.getByText("Your card’s security code is incomplete.")).toBeVisible()
})

test("asks for submit() before confirmPayment()", async ({ page }) => {
  await openPayment(page)
  const intent = await createIntent()
  const error = await page.evaluate(
    (clientSecret) =>
      Reflect.get(window, "stripe")
        .confirmPayment({
          elements: Reflect.get(window, "elements"),
          clientSecret,
          redirect: "if_required",
        })
        .catch((cause: unknown) => String(cause)),
    intent.client_secret,
  )
  expect(error).toContain("elements.submit() must be called before stripe.confirmPayment()")
})

test("tells a decline, and takes the next card", async ({ page }) => {
  const form = await openPayment(page)
  const intent = await createIntent()
  await form.getByText("Test cards").click()
  await form.getByRole("button", { name: "Insufficient funds" }).click()
  await pay(page, intent.client_secret)
  expect(await resultOf(page)).toMatchObject({
    error: {
      type: "card_error",
      code: "card_declined",
      decline_code: "insufficient_funds",
      message: "Your card has insufficient funds.",
      payment_intent: { status: "requires_payment_method" },
    },
  })
  await fillCard(form, "5555555555554444")
  await pay(page, intent.client_secret)
  expect(await resultOf(page)).toMatchObject({ paymentIntent: { status: "succeeded" } })
})

test("charges nothing when the page shows another amount", async ({ page }) => {
  const form = await openPayment(page)
  await fillCard(form, "4242424242424242")
  const intent = await createIntent(9999)
  await pay(page, intent.client_secret)
  expect(await resultOf(page)).toMatchObject({ error: { type: "invalid_request_error" } })
  await page.evaluate(`elements.update({ amount: 9999 })`)
  await pay(page, intent.client_secret)
  expect(await resultOf(page)).toMatchObject({
    paymentIntent: { status: "succeeded", amount: 9999 },
  })
})

for (const { button, status } of [
  { button: "Approve", status: "succeeded" },
  { button: "Fail", status: "requires_payment_method" },
]) {
  test(`asks for 3-D Secure over the page: ${button}`, async ({ page }) => {
    const form = await openPayment(page)
    await fillCard(form, "4000002760003184")
    const intent = await createIntent()
    await pay(page, intent.client_secret)
    const dialog = page.getByRole("dialog", { name: "3-D Secure" })
    await dialog
      .locator("iframe")
      .contentFrame()
      .getByRole("button", { name: button, exact: true })
      .click()
    const result = await resultOf(page)
    expect(result).toMatchObject(
      status === "succeeded"
        ? { paymentIntent: { status } }
        : { error: { code: "payment_intent_authentication_failure", payment_intent: { status } } },
    )
    await expect(dialog).toHaveCount(0)
    expect(await bench.stripe.paymentIntents.retrieve(intent.id)).toMatchObject({ status })
  })
}

for (const { button, redirectStatus, status } of [
  { button: "Approve payment", redirectStatus: "succeeded", status: "succeeded" },
  { button: "Refuse payment", redirectStatus: "failed", status: "requires_payment_method" },
]) {
  test(`leads to the bank's page and back: ${button}`, async ({ page }) => {
    const form = await openPayment(page)
    await form.getByLabel("Bank redirect (sandbox)").check()
    const intent = await createIntent()
    await pay(page, intent.client_secret)
    await expect(page.getByText("$63.28")).toBeVisible()
    expect(await bench.stripe.paymentIntents.retrieve(intent.id)).toMatchObject({
      status: "requires_action",
    })
    await page.getByRole("button", { name: button }).click()
    await page.waitForURL(`${shop.origin}/back**`)
    const back = new URL(page.url()).searchParams
    expect(Object.fromEntries(back)).toEqual({
      order: "7",
      payment_intent: intent.id,
      payment_intent_client_secret: intent.client_secret,
      redirect_status: redirectStatus,
    })
    expect(await bench.stripe.paymentIntents.retrieve(intent.id)).toMatchObject({ status })
  })
}

test("pays by the sandbox's wallet", async ({ page }) => {
  await openPayment(page)
  const intent = await createIntent()
  await page.evaluate((clientSecret) => {
    Reflect.get(window, "keepResult")()
    const express = Reflect.get(window, "elements").create("expressCheckout", { buttonHeight: 50 })
    express.on("confirm", async (event: { expressPaymentType: string }) => {
      const result = await Reflect.get(window, "pay")(clientSecret)
      Reflect.get(window, "settle")({ ...result, type: event.expressPaymentType })
    })
    express.mount("#express")
  }, intent.client_secret)
  await page.frameLocator("#express iframe").getByRole("button", { name: "Sandbox wallet" }).click()
  const dialog = page.getByRole("dialog", { name: "Sandbox wallet" })
  await dialog.locator("iframe").contentFrame().getByRole("button", { name: "Pay" }).click()
  expect(await resultOf(page)).toMatchObject({
    type: "google_pay",
    paymentIntent: { status: "succeeded" },
  })
})

test("reports a key that is not the sandbox's", async ({ page }) => {
  await page.goto(shop.origin)
  const message = await page.evaluate(
    `openPayment("pk_test_other", 500, "cad").catch((error) => error.message)`,
  )
  expect(message).toContain("Invalid API Key provided")
})

test("says that it is a sandbox, fits 360 px and takes the shop's colours", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 700 })
  const form = await openPayment(page, {
    variables: {
      colorPrimary: "#ffc24a",
      colorBackground: "#141417",
      colorText: "#f4f4f6",
      borderRadius: "4px",
    },
  })
  await expect(form.getByText("Payment sandbox – no real money")).toBeVisible()
  await expect(form.locator("body")).toHaveCSS("background-color", "rgb(20, 20, 23)")
  await expect(form.getByLabel("Card number")).toHaveCSS("border-radius", "4px")
  const frame = page.locator("#payment iframe")
  const closed = (await frame.boundingBox())?.height ?? 0
  expect(closed).toBeGreaterThanOrEqual(166)
  await form.getByText("Test cards").click()
  await expect.poll(async () => (await frame.boundingBox())?.height).toBeGreaterThan(closed + 200)
  expect(await form.locator("body").evaluate((body) => body.scrollWidth <= window.innerWidth)).toBe(
    true,
  )
})
