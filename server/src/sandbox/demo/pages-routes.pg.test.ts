import { parse } from "parse5"
import { afterAll, beforeAll, expect, it } from "vitest"
import { changeCart } from "#flows/change-cart.ts"
import { completeCart } from "#flows/complete-order.ts"
import { findDemoRecord } from "#flows/demo-record.ts"
import { demoPageRoutes } from "#sandbox/demo/pages-routes.ts"
import { keepMail } from "#store/mail-outbox.ts"
import { aShopperCommand, firstOf } from "#testing/fixtures.ts"
import {
  aBuyer,
  clickPay,
  confirmWith,
  openPurchaseBench,
  ordersOf,
  type PurchaseBench,
} from "#testing/purchase.ts"

let bench: PurchaseBench
let key: string
let orderId: string

beforeAll(async () => {
  bench = await openPurchaseBench()
  const buyer = await aBuyer(bench)
  const { shop, token } = buyer
  const touches = [
    {
      at: 1_795_000_000_000,
      source: "instagram",
      medium: "paid-social",
      clickIds: { fbclid: "x1" },
    },
    { at: 1_795_000_600_000, source: "<script>alert(1)</script>", medium: "email" },
  ]
  const data = { price: firstOf(shop).priceType.id, quantity: 2 }
  await changeCart(bench.deps, aShopperCommand(shop, "set-quantity", data, { token, touches }))
  const begun = await clickPay(bench, buyer)
  await confirmWith(bench, begun)
  await completeCart(bench.deps, aShopperCommand(shop, "complete", {}, { token }))
  const [order] = await ordersOf(bench, buyer)
  orderId = order?.id ?? ""
  const { rows } = await bench.database.owner.query<{ public_token: string }>(
    "select public_token from sales.orders where id = $1",
    [orderId],
  )
  key = rows[0]?.public_token ?? ""
  await keepMail(bench.database.pool.db, {
    id: orderId,
    toAddress: "ada@example.com",
    subject: "Your tickets <b>",
    html: "<p>Two tickets</p><script>alert(1)</script>",
    text: "Two tickets",
    attachments: [
      { filename: "show\n.ics", contentType: "text/calendar", content: "BEGIN:VCALENDAR" },
    ],
  })
})

afterAll(async () => bench[Symbol.asyncDispose]())

async function get(path: string): Promise<Response> {
  return (await demoPageRoutes(bench.deps)).request(path)
}

it("finds everything that a purchase left behind, by token or number", async () => {
  const record = await findDemoRecord(bench.deps, key)
  expect(record).toMatchObject({
    order: { id: orderId, state: "paid", totalMinor: 4000 },
    touches: [{ source: "instagram", clickIds: { fbclid: "x1" } }, { medium: "email" }],
    payments: [{ state: "succeeded", amountMinor: 4000 }],
    calls: [{ op: "create-intent", outcome: "ok" }],
    mail: { subject: "Your tickets <b>" },
  })
  expect(record?.orderEvents.map(({ type }) => type)).toEqual(["OrderPlaced", "OrderPaid"])
  expect(record?.stockEvents.map(({ data }) => data.reason)).toEqual(["hold-placed", "sold"])
  expect(await findDemoRecord(bench.deps, record?.order.number ?? "")).toEqual(record)
  expect(await findDemoRecord(bench.deps, "nobody-has-this")).toBeUndefined()
})

it("shows it on one page that runs nothing of what was typed", async () => {
  const answer = await get(`/demo/record/${key}`)
  expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'")
  const text = await answer.text()
  expect(
    JSON.stringify(parse(text), (name, value: unknown) =>
      name === "parentNode" ? undefined : value,
    ),
  ).not.toContain('"nodeName":"script"')
  for (const part of [
    "instagram",
    "paid-social",
    "fbclid",
    "OrderPaid",
    "hold-placed",
    "create-intent",
  ])
    expect(text).toContain(part)
  expect((await get("/demo/record/nobody")).status).toBe(404)
})

it("keeps mail to be read, as HTML only in a frame that runs nothing", async () => {
  expect(await (await get("/demo/outbox")).text()).toContain(`/demo/outbox/${orderId}`)
  const page = await (await get(`/demo/outbox/${orderId}`)).text()
  expect(page).toContain(`<iframe title="As HTML" sandbox="allow-popups"`)
  expect(page).not.toContain("<script")
  const preview = await get(`/demo/outbox/${orderId}/html`)
  expect(preview.headers.get("content-security-policy")).toMatch(/default-src 'none'.*sandbox/)
  expect(await preview.text()).toContain("Two tickets")
  const attachment = await get(`/demo/outbox/${orderId}/attachments/0`)
  expect(attachment.headers.get("content-disposition")).toBe('attachment; filename="show_.ics"')
  expect(await attachment.text()).toBe("BEGIN:VCALENDAR")
})

it.each(["", "/html", "/attachments/0", "/attachments/7"])(
  "has no mail of another id%s",
  async (rest) => {
    const nobody = "00000000-0000-7000-8000-000000000000"
    expect((await get(`/demo/outbox/${nobody}${rest}`)).status).toBe(404)
  },
)
