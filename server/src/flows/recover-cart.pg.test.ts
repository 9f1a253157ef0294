import { expect, it } from "vitest"
import { findLeftCarts } from "#flows/find-left-carts.ts"
import { recoverCart } from "#flows/recover-cart.ts"
import { type RenderRecovery, sendRecovery } from "#flows/send-recovery.ts"
import { openStorefronts } from "#flows/storefronts.ts"
import type { Mail } from "#gateways/mailer.ts"
import { renderRecovery } from "#jobs/handlers.ts"
import { findCart, tokenHash } from "#store/carts.ts"
import { aStorefront, aToken, firstOf } from "#testing/fixtures.ts"
import { openCounter, type Shopper } from "#testing/shopper.ts"

const render = renderRecovery("https://tickets.example.com")

/** A counter whose organizer writes about carts left behind, unless told otherwise. */
async function openDesk(isWanted = true) {
  const counter = await openCounter(aStorefront())
  const { owner, pool } = counter.database
  await owner.query(
    "update org.account set recovery_mails = $1, catalogue_rev = catalogue_rev + 1",
    [isWanted],
  )
  const storefronts = openStorefronts({ pool, checkEveryMs: 0 })
  const mails: Mail[] = []
  let isDown = false
  const mailer = {
    send: async (mail: Mail) => {
      mails.push(mail)
      if (isDown) throw new Error("the mail server is down")
    },
  }
  const accountId = counter.shop.account.id
  const jobs = async () => {
    const { rows } = await owner.query<{ data: { cartId: string; accountId: string } }>(
      "select data from pgboss.job where name = 'send-recovery'",
    )
    return rows.map(({ data }) => data)
  }
  return {
    ...counter,
    mails,
    jobs,
    goDown: (down: boolean) => (isDown = down),
    /** Somebody who typed an e-mail and went away `minutes` ago. */
    async leave(minutes = 31, email = "ada@example.com"): Promise<Shopper> {
      const shopper = counter.shopper()
      await shopper.set(firstOf(counter.shop).priceType.id, 2)
      await shopper.send("save-details", { values: { email, firstName: "Ada" } })
      await owner.query(
        "update sales.cart set updated_at = clock_timestamp() - $1 * interval '1 minute' where token_hash = $2",
        [minutes, tokenHash(shopper.token)],
      )
      return shopper
    },
    sweep: () => findLeftCarts({ pool, now: () => new Date() }),
    async send(how: RenderRecovery = render) {
      for (const job of await jobs()) await sendRecovery({ pool, storefronts, mailer }, job, how)
    },
    linkOf: (mail: Mail | undefined) => /#recover=([\w-]{43})/.exec(mail?.text ?? "")?.[1] ?? "",
    recover: (token: string, cartToken: string, account = accountId) =>
      recoverCart({ pool, live: { touched: () => {} } }, { accountId: account, token, cartToken }),
    cartOf: (token: string) => findCart(pool.db, accountId, tokenHash(token)),
    async [Symbol.asyncDispose]() {
      storefronts[Symbol.dispose]()
      await counter[Symbol.asyncDispose]()
    },
  }
}

it("writes once to who left a cart with an e-mail half an hour ago", async () => {
  await using desk = await openDesk()
  await desk.leave(31)
  await desk.leave(29, "bob@example.com")
  await desk.sweep()
  await desk.sweep()
  await desk.send()
  await desk.send()
  expect(desk.mails).toHaveLength(1)
  expect(desk.mails[0]).toMatchObject({ to: "ada@example.com", attachments: [] })
  expect(desk.mails[0]?.text).toContain("2 × ")
  expect(desk.mails[0]?.html).toContain("https://tickets.example.com/v1/w/")
})

it("writes to nobody where the organizer does not want it", async () => {
  await using desk = await openDesk(false)
  await desk.leave()
  await desk.sweep()
  expect(await desk.jobs()).toEqual([])
})

it("lets be who typed no e-mail or emptied the cart", async () => {
  await using desk = await openDesk()
  await desk.leave(31, "not yet")
  const emptied = await desk.leave(31)
  await emptied.set(firstOf(desk.shop).priceType.id, 0)
  await desk.database.owner.query(
    "update sales.cart set updated_at = clock_timestamp() - interval '1 hour'",
  )
  await desk.sweep()
  expect(await desk.jobs()).toEqual([])
})

it("sends nothing about a cart that was emptied after it was noted", async () => {
  await using desk = await openDesk()
  const ada = await desk.leave()
  await desk.sweep()
  await ada.set(firstOf(desk.shop).priceType.id, 0)
  await desk.send()
  expect(desk.mails).toEqual([])
})

it("keeps the link only as a hash, and opens the cart with it once", async () => {
  await using desk = await openDesk()
  const ada = await desk.leave()
  await desk.sweep()
  await desk.send()
  const link = desk.linkOf(desk.mails[0])
  const { rows } = await desk.database.owner.query("select * from sales.cart_recovery")
  expect(rows[0].token_hash).toEqual(tokenHash(link))
  const phone = aToken()
  expect(await desk.recover(link, phone)).toBe(true)
  expect((await desk.cartOf(phone))?.cart.lines).toMatchObject([{ quantity: 2 }])
  expect(await desk.cartOf(ada.token)).toBeUndefined()
  expect(await desk.recover(link, aToken())).toBe(false)
  expect(await desk.cartOf(phone)).toBeDefined()
})

it("gives the cart to one of two who open the link at once", async () => {
  await using desk = await openDesk()
  await desk.leave()
  await desk.sweep()
  await desk.send()
  const link = desk.linkOf(desk.mails[0])
  const both = await Promise.all([desk.recover(link, aToken()), desk.recover(link, aToken())])
  expect(both.toSorted()).toEqual([false, true])
})

it("knows no link that is old, mistyped, or of another account", async () => {
  await using desk = await openDesk()
  await desk.leave()
  await desk.sweep()
  await desk.send()
  const link = desk.linkOf(desk.mails[0])
  expect(await desk.recover(link, aToken(), aStorefront().account.id)).toBe(false)
  expect(await desk.recover(aToken(), aToken())).toBe(false)
  await desk.database.owner.query(
    "update sales.cart_recovery set expires_at = clock_timestamp() - interval '1 second'",
  )
  expect(await desk.recover(link, aToken())).toBe(false)
})

it("sends a new link when the first try did not go out; only the newest is good", async () => {
  await using desk = await openDesk()
  await desk.leave()
  await desk.sweep()
  desk.goDown(true)
  await expect(desk.send()).rejects.toThrow()
  desk.goDown(false)
  await desk.send()
  const [first, second] = desk.mails
  expect(first?.id).toBe(second?.id)
  expect(await desk.recover(desk.linkOf(first), aToken())).toBe(false)
  expect(await desk.recover(desk.linkOf(second), aToken())).toBe(true)
})
