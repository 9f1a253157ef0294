import { randomUUID } from "node:crypto"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { cancelOrder } from "#flows/cancel-order.ts"
import { openDatabaseBus } from "#store/change-bus.ts"
import { newId } from "#store/ids.ts"
import { busEar } from "#testing/bus-ear.ts"
import { htmlOf, openWebWorld, type Page, type WebShop, type WebWorld } from "#testing/web-world.ts"
import { shareChanges } from "#web/share-changes.ts"

let world: WebWorld
let shop: WebShop
beforeAll(async () => {
  world = await openWebWorld()
  shop = await world.shop((file) => {
    file.events[0].showtimes = [{ at: "2030-12-05T20:00" }]
    file.events[0].products[0].capacity = 9
  })
})
afterAll(() => world[Symbol.asyncDispose]())

const set = (page: Page, quantity: number, parts = {}) =>
  page.send("set-quantity", { price: shop.price, quantity }, parts)
const idsOf = (frame: { readonly regions: readonly { readonly id: string }[] } | undefined) =>
  frame?.regions.map(({ id }) => id) ?? []

describe("one page", () => {
  it("is sent only the regions that changed, and everything when it comes back", async () => {
    const page = await world.page(shop)
    const first = page.frames[0]
    const answer = await set(page, 2)
    if (!answer.ok) throw new Error(answer.message)
    expect(idsOf(answer.frame).length).toBeGreaterThan(0)
    expect(idsOf(answer.frame).length).toBeLessThan(idsOf(first).length)
    const same = await page.send("navigate", { at: { view: "browse" } })
    expect(same).toMatchObject({ ok: true, frame: { regions: [] } })
    page.close()
    const back = await world.page(shop, { token: page.token })
    expect(idsOf(back.frames[0])).toEqual(idsOf(first))
    expect(back.frames[0]?.rev).toBe(answer.frame?.rev)
    await set(back, 0)
    back.close()
  })

  it("gets frames whose numbers rise, whoever caused them", async () => {
    const page = await world.page(shop)
    const other = await world.page(shop)
    const seqs: number[] = page.frames.map(({ seq }) => seq)
    page.socket.on("frame", ({ seq }) => seqs.push(seq))
    for (const quantity of [1, 2, 3, 0]) {
      await set(other, quantity)
      const answer = await set(page, quantity)
      if (answer.ok && answer.frame) seqs.push(answer.frame.seq)
    }
    expect(seqs.toSorted((a, b) => a - b)).toEqual(seqs)
    expect(new Set(seqs).size).toBe(seqs.length)
    page.close()
    other.close()
  })

  it("that clicks three times at once has the third click's quantity, and the answers come in order", async () => {
    const page = await world.page(shop)
    const ended: number[] = []
    const clicks = [3, 1, 2].map(async (quantity) => {
      const answer = await set(page, quantity)
      ended.push(quantity)
      return answer
    })
    const answers = await Promise.all(clicks)
    expect(ended).toEqual([3, 1, 2])
    expect(answers.map((answer) => answer.ok && answer.frame?.rev)).toEqual([1, 2, 3])
    const cart = await page.send("navigate", { at: { view: "cart" } })
    expect(cart.ok && htmlOf(cart.frame)).toMatch(/&#34;quantity&#34;:2/)
    await set(page, 0)
    page.close()
  })
})

describe("another widget", () => {
  it("of the same account on the same page sees the cart change, without naming it", async () => {
    const beside = { instance: randomUUID(), widget: shop.widget, at: { view: "cart" } as const }
    const page = await world.page(shop, { beside: [beside] })
    await page.until(({ instance }) => instance === beside.instance)
    await set(page, 1)
    const frame = await page.until(({ instance, rev }) => instance === beside.instance && rev === 1)
    expect(htmlOf(frame)).toMatch(/&#34;quantity&#34;:1/)
    await set(page, 0)
    page.close()
  })
})

describe("another page", () => {
  it("with the same cart sees it change; with another cart it does not", async () => {
    const page = await world.page(shop)
    await set(page, 1)
    const phone = await world.page(shop, { token: page.token, at: { view: "cart" } })
    const stranger = await world.page(shop, { at: { view: "cart" } })
    await set(page, 2)
    const frame = await phone.until(({ rev }) => rev === 2)
    expect(htmlOf(frame)).toMatch(/&#34;quantity&#34;:2/)
    expect(stranger.frames).toHaveLength(1)
    await set(page, 0)
    for (const each of [page, phone, stranger]) each.close()
  })

  it("sees what is left change within the time of a look", async () => {
    const page = await world.page(shop)
    const at = { view: "event", event: "show" } as const
    const other = await world.page(shop, { at })
    await set(page, 7)
    const frame = await other.until((each) => htmlOf(each).includes("Only 2 left"))
    expect(frame.seq).toBeGreaterThan(1)
    await set(page, 9)
    await other.until((each) => htmlOf(each).includes("Sold out"))
    await set(page, 0)
    for (const each of [page, other]) each.close()
  })

  it("is not looked at again for what changes nothing", async () => {
    const elsewhere = await world.shop()
    const clock = await world.page(elsewhere)
    await clock.send("set-quantity", { price: elsewhere.price, quantity: 1 })
    const shown = await world.page(elsewhere, { token: clock.token, at: { view: "cart" } })
    const page = await world.page(shop)
    const other = await world.page(shop, { at: { view: "event", event: "show" } })
    await page.send("navigate", { at: { view: "cart" } })
    await page.send("open-widget", { at: { view: "browse" } })
    // Told together with the looks, had those been told.
    await clock.send("set-quantity", { price: elsewhere.price, quantity: 2 })
    await shown.until(({ rev }) => rev === 2)
    await set(page, 7)
    const frame = await other.until((each) => htmlOf(each).includes("Only 2 left"))
    expect(frame.seq).toBe(2)
    await set(page, 0)
    for (const each of [page, other, clock, shown]) each.close()
  })

  it("sees an organizer's change without a click", async () => {
    const other = await world.shop()
    const page = await world.page(other)
    await other.change((file) => {
      file.events[0].title = "The Renamed Show"
    })
    const frame = await page.until((each) => htmlOf(each).includes("The Renamed Show"))
    expect(idsOf(frame).length).toBeLessThan(idsOf(page.frames[0]).length)
    page.close()
  })
})

describe("a confirmation", () => {
  it("that stays open is told that its order was canceled, once; one that comes later sees it at once", async () => {
    const free = await world.shop((file) => {
      file.events[0].products[0].priceTypes[0].prices.cad = "0.00"
    })
    const { page, number } = await aConfirmation(free)
    const tab = await world.page(free, { token: page.token })
    expect(tab.frames[0]?.effects).toContainEqual(expect.objectContaining({ event: "purchase" }))
    const bystander = await aConfirmation(free)
    await cancel(free, number)
    for (const each of [page, tab]) {
      const frame = await each.until(({ announce }) => announce !== undefined)
      expect(frame.announce).toContain("This order was canceled. It cost nothing")
      expect(frame.alert).toBeUndefined()
      expect(idsOf(frame)).toEqual(["success-hooray", "success-order"])
      expect(htmlOf(frame)).not.toContain("You’re going!")
      expect(htmlOf(frame).match(/No longer valid/g)).toHaveLength(2)
      expect(JSON.stringify(frame.effects ?? [])).not.toContain("purchase")
    }
    expect(bystander.page.frames).toHaveLength(1)
    const reloaded = await world.page(free, { token: page.token })
    expect(reloaded.frames[0]).toMatchObject({ at: { view: "success" } })
    expect(htmlOf(reloaded.frames[0])).toContain("This order was canceled")
    expect(JSON.stringify(reloaded.frames[0]?.effects ?? [])).not.toContain("purchase")
    for (const each of [page, tab, bystander.page, reloaded]) each.close()
  })
})

/** A page with "You're going!" on it, and the order's number. */
async function aConfirmation(free: WebShop): Promise<{ page: Page; number: string }> {
  const page = await world.page(free)
  const { storefront } = free
  const price = storefront.events[0]!.products[0]!.variants[0]!.priceTypes[0]!.id
  await page.send("set-quantity", { price, quantity: 2 })
  await page.send("go-to-checkout", {})
  const values = { email: "sam@example.com", firstName: "Sam", lastName: "Doe" }
  const done = await page.send("submit-details", { values })
  const html = done.ok ? htmlOf(done.frame) : ""
  expect(html).toContain("You’re going!")
  return { page, number: /<b>([A-Z]+-[0-9A-Z]+)<\/b>/.exec(html)?.[1] ?? "" }
}

/** In another process: word of it comes over the bus. */
async function cancel({ accountId }: WebShop, number: string): Promise<void> {
  const { pool, owner, url } = world.database
  const userId = newId()
  await owner.query("insert into auth.person values ($1, 'Dana', $2, true, null, now(), now())", [
    userId,
    `${userId}@club.example`,
  ])
  const nobodyHere = { touched: () => {}, pages: () => [] }
  await using live = await shareChanges(
    nobodyHere,
    (_listener) => openDatabaseBus(url, pool, busEar()),
    (error) => expect(error).toBeUndefined(),
  )
  const deps = { pool, live, stock: { forget: () => {} } } as unknown as Parameters<
    typeof cancelOrder
  >[0]
  const canceled = await cancelOrder(deps, { userId, accountId, role: "owner" }, number)
  expect(canceled.outcome).toBe("canceled")
}
