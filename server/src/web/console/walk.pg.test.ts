import { randomUUID } from "node:crypto"
import { io } from "socket.io-client"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { may, type Role, roles } from "#core/role.ts"
import { consoleNeeds, type RouteNeed } from "#testing/console-needs.ts"
import { aVisitor, type ConsoleVisitor, newMember, type Seen } from "#testing/console.ts"
import { heard, openWebWorld, refusalOf, type WebShop, type WebWorld } from "#testing/web-world.ts"
import type { ConsoleDeps } from "#web/console/deps.ts"
import { consoleRoutes } from "#web/console/routes.ts"

type Route = RouteNeed & { readonly name: string; readonly method: string; readonly path: string }

/** Every route of the router itself: what is only middleware or says "not found" has no method of its own. */
function routesOfConsole(): string[] {
  const unused = new Proxy({}, { get: () => () => {} })
  const known = { publicUrl: "https://console.example", paymentForm: { script: "sandbox" } }
  const deps = new Proxy(known, {
    get: (target, name) => Reflect.get(target, name) ?? unused,
  }) as unknown as ConsoleDeps
  const routes = consoleRoutes(deps).routes.filter(({ method }) => method !== "ALL")
  return [...new Set(routes.map(({ method, path }) => `${method} ${plain(path)}`))]
}

/** Without the patterns of its parameters, and without the slash that a mounted "/" leaves. */
function plain(path: string): string {
  const named = path.replaceAll(/(:\w+)\{(?:[^{}]|\{[^}]*\})*\}/g, "$1")
  return named.length > 1 ? named.replace(/\/$/, "") : named
}

const routes: readonly Route[] = Object.entries(consoleNeeds).map(([name, need]) => {
  const [method = "", path = ""] = name.split(" ")
  return { name, method, path, ...(typeof need === "string" ? { needs: need } : need) }
})
const ofAccounts = routes.filter(({ path }) => path.startsWith("/console/:account"))
const others = routes.filter(({ path }) => !path.startsWith("/console/:account"))

let world: WebWorld
let shop: WebShop
let stranger: ConsoleVisitor
let members: Record<Role, ConsoleVisitor>
/** What stands in the place of each parameter. */
let places: Record<string, string>
beforeAll(async () => {
  world = await openWebWorld()
  shop = await world.shop((file) => {
    delete file.events[0].products[0].fee
    file.promotions.push({ code: "FREE", percentOff: "100", appliesTo: "everything" })
  })
  const other = await world.shop()
  const at = { url: world.url, publicUrl: world.app.publicUrl, database: world.database }
  const enter = async (role: Role) =>
    [role, (await newMember(at, shop.accountId, role)).visitor] as const
  members = Object.fromEntries(await Promise.all(roles.map(enter))) as typeof members
  stranger = (await newMember(at, other.accountId, "owner")).visitor
  places = {
    account: shop.slug,
    event: "show",
    at: "2030-12-05T20:00",
    code: "LAUGH10",
    widget: "main",
    number: await anOrder(),
    id: randomUUID(),
    token: "x",
    sheet: "console.css",
  }
})
afterAll(() => world[Symbol.asyncDispose]())

/** Nobody else is called like this. */
const shopper = { email: "zebedee@example.com", firstName: "Zebedee", lastName: "Quillfeather" }

/** Somebody takes a free ticket. Answers the order's number. */
async function anOrder(): Promise<string> {
  const page = await world.page(shop)
  await page.send("set-quantity", { price: shop.price, quantity: 1 })
  await page.send("apply-promo", { code: "FREE" })
  await page.send("go-to-checkout", {})
  await page.send("submit-details", { values: shopper })
  const { rows } = await world.database.owner.query<{ number: string }>(
    "select number from sales.orders where account_id = $1 order by id desc",
    [shop.accountId],
  )
  return rows[0]!.number
}

function ask(visitor: ConsoleVisitor, { method, path, form, query = "" }: Route): Promise<Seen> {
  const address = path.replaceAll(/:(\w+)/g, (_, name: string) => {
    const value = places[name]
    if (value === undefined) throw new Error(`nothing stands for :${name} of ${path}`)
    return encodeURIComponent(value)
  })
  const asked = `${address}${query}`
  return method === "GET" ? visitor.get(asked) : visitor.post(asked, form ?? { wrong: "yes" })
}

/** What nobody may change by asking without the right to. */
async function traces(): Promise<unknown> {
  const { rows } = await world.database.owner.query(
    `select (select catalogue_rev from org.account where id = $1) as rev,
            (select count(*) from org.audit where account_id = $1) as lines,
            (select string_agg(concat_ws(' ', number, state), ',' order by number) from sales.orders where account_id = $1) as orders,
            (select string_agg(concat_ws(' ', person_id, role), ',' order by person_id) from org.member where account_id = $1) as team`,
    [shop.accountId],
  )
  return rows[0]
}

const isFine = ({ isMissing, method }: Route, seen: Seen) => {
  if (isMissing) return [404, 410].includes(seen.status)
  const answers = method === "GET" ? [200, 303] : [200, 303, 409, 422]
  return answers.includes(seen.status) && !seen.to?.startsWith("/console/sign-in?")
}

it("says of every route of the router whom it is for, and of no others", () => {
  const said = routes.map(({ name }) => name).filter((name) => !name.includes(":sheet"))
  const real = routesOfConsole().filter((name) => !/^GET \/console\/assets\/\w+\.css$/.test(name))
  expect({ unsaid: real.filter((name) => !said.includes(name)) }).toEqual({ unsaid: [] })
  const gone = said.filter((name) => !real.includes(name) && !name.includes("/assets/"))
  expect({ gone }).toEqual({ gone: [] })
})

describe.each(roles)("a %s", (role) => {
  const mayAsk = ({ needs }: Route) =>
    needs === "member" || (needs !== "anybody" && needs !== "person" && may({ role }, needs))

  it("is refused everything that the role does not include, and changes nothing by asking", async () => {
    const before = await traces()
    const answers = []
    for (const route of ofAccounts.filter((each) => !mayAsk(each))) {
      const { status } = await ask(members[role], route)
      if (status !== 403) answers.push(`${route.name}: ${status}`)
    }
    expect(answers).toEqual([])
    expect(await traces()).toEqual(before)
  })

  it("is answered everything that it does", async () => {
    // The role before may have canceled the one that there was.
    places = { ...places, number: await anOrder() }
    const answers = []
    for (const route of ofAccounts.filter(mayAsk)) {
      const seen = await ask(members[role], route)
      if (!isFine(route, seen)) answers.push(`${route.name}: ${seen.status} ${seen.to ?? ""}`)
    }
    expect(answers).toEqual([])
  })
})

describe("a shopper's name and address", () => {
  const names = Object.values(shopper)
  const named = ({ text }: Seen) => names.filter((name) => text.includes(name))

  it("are seen by the box office, and by a marketer nowhere", async () => {
    const told = []
    for (const route of ofAccounts) {
      const said = named(await ask(members.marketer, route))
      if (said.length > 0) told.push(`${route.name}: ${said.join()}`)
    }
    expect(told).toEqual([])
    const order = await members["box-office"].get(
      `/console/${shop.slug}/orders/${places["number"]}`,
    )
    expect(named(order)).toEqual(names)
  })

  it("are not in the history of who changed what", async () => {
    await members.owner.post(`/console/${shop.slug}/orders/${await anOrder()}/cancel`)
    const { rows } = await world.database.owner.query<{ line: string }>(
      "select l::text as line from org.audit l where account_id = $1 and action like 'order.%'",
      [shop.accountId],
    )
    expect(rows.length).toBeGreaterThan(0)
    expect(rows.filter(({ line }) => names.some((name) => line.includes(name)))).toEqual([])
  })
})

describe("the owner of another account", () => {
  it("finds nothing of this one, and changes nothing", async () => {
    const before = await traces()
    const answers = []
    for (const route of ofAccounts) {
      const { status, text } = await ask(stranger, route)
      if (status !== 404 || text.includes("The Club")) answers.push(`${route.name}: ${status}`)
    }
    expect(answers).toEqual([])
    expect(await traces()).toEqual(before)
  })

  it("is told the same of an account that does not exist", async () => {
    const real = await stranger.get(`/console/${shop.slug}/settings/team`)
    const none = await stranger.get("/console/no-such-club/settings/team")
    expect([none.status, none.text]).toEqual([real.status, real.text])
  })
})

describe("somebody signed out", () => {
  it("is led to sign-in by every page and form of an account", async () => {
    const answers = []
    for (const route of [...ofAccounts, ...others.filter(({ needs }) => needs === "person")]) {
      const { status, to, text } = await ask(
        aVisitor({ url: world.url, publicUrl: world.app.publicUrl }),
        route,
      )
      const isLed =
        route.method === "GET"
          ? status === 303 && to?.startsWith("/console/sign-in?to=")
          : status === 401 && text.includes("What you typed is kept")
      if (!isLed) answers.push(`${route.name}: ${status} ${to ?? ""}`)
    }
    expect(answers).toEqual([])
  })

  it("is answered what is for anybody", async () => {
    const answers = []
    for (const route of others.filter(({ needs }) => needs === "anybody")) {
      if (route.path.includes(":sheet")) continue
      const seen = await ask(aVisitor({ url: world.url, publicUrl: world.app.publicUrl }), route)
      const isReset = route.name === "POST /console/reset" && seen.status === 422
      if (!isReset && !isFine(route, seen)) answers.push(`${route.name}: ${seen.status}`)
    }
    expect(answers).toEqual([])
  })
})

describe("the socket of open console pages", () => {
  const knock = (cookie: string, account: string, origin = world.app.publicUrl) =>
    io(`${world.url}/console`, {
      auth: { account },
      extraHeaders: { origin, ...(cookie !== "" && { cookie }) },
      transports: ["websocket"],
      forceNew: true,
      reconnection: false,
    })

  it.each(roles)(
    "tells a %s of the account that something changed, and nothing more",
    async (role) => {
      const socket = knock(members[role].cookie(), shop.slug)
      await heard(socket as never, "connect")
      const told = new Promise<unknown[]>((resolve) => {
        socket.onAny((...said: unknown[]) => resolve(said))
      })
      await shop.change((file) => {
        file.account.name = `The Club of a ${role}`
      })
      expect(await told).toEqual(["changed"])
      socket.disconnect()
    },
  )

  it("tells a page that begins to listen what changed after it was made", async () => {
    const page = await world.page(shop)
    const sent = await page.send("set-quantity", { price: shop.price, quantity: 1 })
    expect(sent).toMatchObject({ ok: true, outcome: "done" })
    const socket = knock(members.owner.cookie(), shop.slug)
    expect(await new Promise((resolve) => socket.once("changed", () => resolve("told")))).toBe(
      "told",
    )
    await page.send("set-quantity", { price: shop.price, quantity: 0 })
    socket.disconnect()
    page.close()
  })

  it("turns away who is signed out, the owner of another account, and a page of another site", async () => {
    const owner = members.owner.cookie()
    const turnedAway = [
      knock("", shop.slug),
      knock(stranger.cookie(), shop.slug),
      knock(owner, "no-such-club"),
      knock(owner, shop.slug, "https://evil.example"),
      knock(owner.replace(/(foyer-session=.{5})./, "$1~"), shop.slug),
    ].map(async (socket) => {
      const refusal = await refusalOf(socket as never)
      socket.disconnect()
      return refusal.message
    })
    const no = "not signed in"
    // A page of another site does not even get as far as to be asked.
    expect(await Promise.all(turnedAway)).toEqual([no, no, no, "websocket error", no])
  })
})
