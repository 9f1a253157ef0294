import { once } from "node:events"
import type { AddressInfo } from "node:net"
import { buffer } from "node:stream/consumers"
import PostalMime, { type Email } from "postal-mime"
import { SMTPServer } from "smtp-server"
import { afterAll, beforeAll, expect, it } from "vitest"
import { completeCart } from "#flows/complete-order.ts"
import { sendConfirmation } from "#flows/send-confirmation.ts"
import { openOutboxMailer, openSmtpMailer } from "#gateways/mailer.ts"
import { renderConfirmation } from "#jobs/handlers.ts"
import { keepMail, listKeptMails } from "#store/mail-outbox.ts"
import { aShopperCommand } from "#testing/fixtures.ts"
import {
  aBuyer,
  type Buyer,
  clickPay,
  confirmWith,
  openPurchaseBench,
  ordersOf,
  type PurchaseBench,
} from "#testing/purchase.ts"

type MailServer = AsyncDisposable & { readonly url: string; readonly mails: readonly Email[] }

/** A real SMTP server on a free port, which refuses as many mails as it is told. */
async function openMailServer(refusals = 0): Promise<MailServer> {
  const mails: Email[] = []
  let refusing = refusals
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onData: (stream, _session, done) => {
      const isRefused = refusing-- > 0
      void buffer(stream)
        .then((raw) => PostalMime.parse(raw))
        .then((mail) => {
          if (isRefused) return done(new Error("no room for ada@example.com"))
          mails.push(mail)
          done()
        })
    },
  })
  server.listen(0, "127.0.0.1")
  await once(server.server, "listening")
  const { port } = server.server.address() as AddressInfo
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

let bench: PurchaseBench
beforeAll(async () => {
  bench = await openPurchaseBench()
})
afterAll(() => bench[Symbol.asyncDispose]())

const render = renderConfirmation("https://tickets.example")
const from = "tickets@tickets.example"

async function aPaidOrder() {
  const buyer: Buyer = await aBuyer(bench)
  await confirmWith(bench, await clickPay(bench, buyer))
  const { shop, token } = buyer
  await completeCart(bench.deps, aShopperCommand(shop, "complete", {}, { token }))
  const [order] = await ordersOf(bench, buyer)
  return { orderId: order?.id ?? "", accountId: shop.account.id }
}

it("mails the tickets once, with a calendar entry, to the buyer", async () => {
  await using server = await openMailServer()
  const deps = { ...bench.deps, mailer: openSmtpMailer({ url: server.url, from }) }
  const order = await aPaidOrder()
  await sendConfirmation(deps, order, render)
  await sendConfirmation(deps, order, render)
  expect(server.mails).toHaveLength(1)
  const [mail] = server.mails
  expect(mail).toMatchObject({
    to: [{ address: "ada@example.com" }],
    from: { address: from, name: "Laughing Stock" },
    messageId: `<${order.orderId}@tickets.example>`,
  })
  expect(mail?.subject).toContain("Late Night Laughs")
  expect(mail?.text).toContain("https://tickets.example/orders/")
  expect(mail?.html).toContain("https://tickets.example/orders/")
  expect(mail?.attachments).toMatchObject([{ mimeType: "text/calendar" }])
})

it("is sent by the next try when the mail server said no", async () => {
  await using server = await openMailServer(1)
  const deps = { ...bench.deps, mailer: openSmtpMailer({ url: server.url, from }) }
  const order = await aPaidOrder()
  const refused = await sendConfirmation(deps, order, render).catch((error: unknown) => error)
  expect(refused).toEqual(new Error("the mail was not taken: EMESSAGE DATA 450"))
  await sendConfirmation(deps, order, render)
  expect(server.mails).toHaveLength(1)
})

it("is kept for the dev outbox without a mail server", async () => {
  const { db } = bench.deps.pool
  const deps = { ...bench.deps, mailer: openOutboxMailer((mail) => keepMail(db, mail)) }
  const order = await aPaidOrder()
  await sendConfirmation(deps, order, render)
  const [mail] = await listKeptMails(db, 1)
  expect(mail).toMatchObject({ id: order.orderId, toAddress: "ada@example.com" })
  expect(mail?.attachments[0]?.content).toContain("BEGIN:VEVENT")
})
