import { randomBytes, randomUUID } from "node:crypto"
import { setTimeout } from "node:timers/promises"
import type {
  Answer,
  ClientMessages,
  Command,
  CommandData,
  CommandType,
  Frame,
  Handshake,
  Place,
  ServerMessages,
} from "@foyer/shared/protocol"
import { protocolVersion } from "@foyer/shared/wire"
import { io, type Socket } from "socket.io-client"
import { type App, startApp, type Trust } from "#app.ts"
import { type Environment, readConfig } from "#config.ts"
import type { Storefront } from "#core/storefront.ts"
import { importCatalogue } from "#flows/import-catalogue.ts"
import { loadStorefront } from "#store/storefronts.ts"
import { catalogueText, type LooseFile } from "#testing/catalogue-file.ts"
import { type TestDatabase, testDatabase } from "#testing/database.ts"
import { aToken, firstOf } from "#testing/fixtures.ts"

/** The whole server in this process, on a database of its own; what it says goes over the loopback. */
export type WebWorld = AsyncDisposable & {
  readonly app: App
  readonly database: TestDatabase
  /** For `fetch`. */
  readonly url: string
  /** A new account from the small catalogue file, changed at will. */
  shop(change?: (file: LooseFile) => void): Promise<WebShop>
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Response>
  /** A browser page with one widget, once its first frame is there. */
  page(shop: WebShop, parts?: PageParts): Promise<Page>
}

export type WebShop = {
  readonly slug: string
  readonly widget: string
  readonly accountId: string
  readonly storefront: Storefront
  /** A price type that costs something and is counted. */
  readonly price: string
  /** Imports the file again, with further changes. */
  change(change: (file: LooseFile) => void): Promise<void>
}

export type PageParts = {
  readonly origin?: string | undefined
  readonly at?: Place
  readonly token?: string
  /** Told by a proxy; the world trusts this machine. */
  readonly address?: string
  /** Other widgets on the same page. */
  readonly beside?: Handshake["widgets"]
}

export type Page = {
  readonly socket: Client
  readonly instance: string
  readonly token: string
  /** Live frames so far. */
  readonly frames: readonly Frame[]
  /** Resolves with the first live frame, past or to come, that satisfies the condition. */
  until(isWanted: (frame: Frame) => boolean): Promise<Frame>
  /** What the browser would send now. */
  command<T extends CommandType>(
    type: T,
    data: CommandData<T>,
    parts?: Partial<Command>,
  ): Extract<Command, { type: T }>
  send<T extends CommandType>(
    type: T,
    data: CommandData<T>,
    parts?: Partial<Command>,
  ): Promise<Answer>
  /** Anything, right or wrong. */
  raw(input: unknown): Promise<Answer>
  close(): void
}

export type Client = Socket<ServerMessages, ClientMessages>

/** Longer than any answer takes; a connection that is gone never answers. */
const answerWithinMs = 20_000

/** The origin that the small catalogue allows. */
export const hostOrigin = "https://club.example"

/** With a database and an app that are `given`, those are the caller's to end. */
export async function openWebWorld(
  environment: Environment = {},
  given?: Pick<WebWorld, "database" | "app">,
  trust: Trust = {},
): Promise<WebWorld> {
  await using stack = new AsyncDisposableStack()
  const database = given?.database ?? stack.use(await testDatabase())
  const app = given?.app ?? stack.use(await startWebApp(database.url, environment, trust))
  const url = `http://127.0.0.1:${app.port}`
  const clients = stack.adopt(new Set<Client>(), (open) => {
    for (const client of open) client.disconnect()
  })
  const opened = stack.move()
  return {
    app,
    database,
    url,
    async shop(change) {
      const shop = await openShop(database, change)
      await untilKnown(`${url}/v1/w/${shop.widget}`)
      return shop
    },
    get: (path, headers = {}) => fetch(`${url}${path}`, { headers, redirect: "manual" }),
    async page(shop, parts = {}) {
      const page = openPage(url, shop, parts)
      clients.add(page.socket)
      await page.until(({ instance }) => instance === page.instance)
      return page
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}

export async function startWebApp(
  databaseUrl: string,
  environment: Environment,
  trust: Trust = {},
): Promise<App> {
  const read = readConfig({
    PORT: "0",
    LOG_LEVEL: "silent",
    TRUST_PROXY: "127.0.0.1",
    ...environment,
  })
  if (!read.ok) throw new Error(read.faults.join("\n"))
  return startApp({ ...read.config, demo: false }, databaseUrl, trust)
}

async function openShop(
  { pool }: TestDatabase,
  change: (file: LooseFile) => void = () => {},
): Promise<WebShop> {
  const slug = `club-${randomBytes(5).toString("hex")}`
  let apply = (file: LooseFile) => {
    file.account.slug = slug
    change(file)
  }
  const load = async () => {
    const imported = await importCatalogue({ pool }, catalogueText(apply))
    if (imported.outcome === "refused") throw new Error(JSON.stringify(imported.faults, null, 2))
    return imported.accountId
  }
  const accountId = await load()
  const storefront = await loadStorefront(pool.db, accountId)
  if (!storefront) throw new Error(`account ${slug} was not imported`)
  return {
    slug,
    widget: `${slug}/main`,
    accountId,
    storefront,
    price: firstOf(storefront).priceType.id,
    async change(further) {
      const before = apply
      apply = (file) => {
        before(file)
        further(file)
      }
      await load()
    },
  }
}

/** The server looks once a second for what other processes imported. */
async function untilKnown(address: string): Promise<void> {
  while ((await fetch(address)).status === 404) await setTimeout(50)
}

/** A handshake as a page with nothing yet sends it. */
export function aHandshake(parts: Partial<Handshake> = {}): Handshake {
  return {
    protocol: protocolVersion,
    widgets: [],
    carts: {},
    locale: "en-CA",
    touches: [],
    consent: "unknown",
    ...parts,
  }
}

/** Connects as a browser does, but never again by itself. Without an origin the header is not sent. */
export function connect(url: string, auth: unknown, parts: PageParts = {}): Client {
  const origin = "origin" in parts ? parts.origin : hostOrigin
  return io(`${url}/v1`, {
    transports: ["websocket"],
    forceNew: true,
    reconnection: false,
    auth: (give) => give(auth as object),
    extraHeaders: {
      ...(origin !== undefined && { origin }),
      ...(parts.address && { "x-forwarded-for": parts.address }),
    },
  })
}

export function openPage(url: string, shop: WebShop, parts: PageParts = {}): Page {
  const { at = { view: "browse" }, token = aToken() } = parts
  const instance = randomUUID()
  const widgets = [{ instance, widget: shop.widget, at }, ...(parts.beside ?? [])]
  const carts = { [shop.slug]: { ...(parts.token && { token }) } }
  const socket = connect(url, aHandshake({ widgets, carts }), parts)
  const { frames, until } = listen(socket)
  let rev = 0
  let place = at
  const raw = async (input: unknown) => {
    const answer = await socket.timeout(answerWithinMs).emitWithAck("command", input)
    if (answer.ok && answer.frame) {
      rev = answer.frame.rev
      place = answer.frame.at
    }
    return answer
  }
  const command: Page["command"] = (type, data, more = {}) =>
    ({
      op: randomUUID(),
      instance,
      widget: shop.widget,
      cart: token,
      base: rev,
      at: place,
      type,
      data,
      ...more,
    }) as never
  return {
    socket,
    instance,
    token,
    frames,
    until,
    command,
    raw,
    send: (type, data, more) => raw(command(type, data, more)),
    close: () => void socket.disconnect(),
  }
}

function listen(socket: Client): Pick<Page, "frames" | "until"> {
  const frames: Frame[] = []
  const waiting = new Set<() => void>()
  socket.on("frame", (frame) => {
    frames.push(frame)
    for (const check of waiting) check()
  })
  return {
    frames,
    until: (isWanted) =>
      new Promise((resolve, reject) => {
        const check = () => {
          const found = frames.find(isWanted)
          if (!found) return
          waiting.delete(check)
          resolve(found)
        }
        waiting.add(check)
        socket.once("connect_error", reject)
        check()
      }),
  }
}

/** Resolves with what the client is told when the event comes. */
export function heard(client: Client, event: "connect" | "disconnect"): Promise<unknown> {
  return new Promise((resolve) => void client.once(event, resolve as () => void))
}

/** The next live frame. */
export function nextFrame(client: Client): Promise<Frame> {
  return new Promise((resolve, reject) => {
    client.once("frame", resolve)
    client.once("connect_error", reject)
  })
}

/** Resolves with why the server would not let the page in. */
export function refusalOf(socket: Client): Promise<Error & { readonly data?: { code: string } }> {
  return new Promise((resolve, reject) => {
    socket.once("connect", () => reject(new Error("the page was let in")))
    socket.once("connect_error", resolve)
  })
}

/** The HTML of everything a frame brings. */
export function htmlOf(frame: Frame | undefined): string {
  return frame?.regions.map(({ html }) => html).join("\n") ?? ""
}
