import { randomBytes, randomUUID } from "node:crypto"
import type { Answer, CommandType, Frame, Handshake } from "@foyer/shared/protocol"
import { protocolVersion } from "@foyer/shared/wire"
import { io, type Socket } from "socket.io-client"
import type { Club } from "#support/club.ts"
import type { World } from "#support/world.ts"

/** A page that is no browser: what anybody could send to the socket, with any Origin. */
export type WirePage = Disposable & {
  readonly socket: Socket
  readonly instance: string
  readonly token: string
  /** Sends a command as the widget would; answers its ack. */
  command(type: CommandType, data: object): Promise<Answer>
  /** Resolves with the first frame. */
  readonly opened: Promise<Frame>
}

/** Connects with a cart token of its own. `opened` rejects with the server's code when it refuses. */
export function connect(foyer: World, club: Club, origin = foyer.hostOrigin): WirePage {
  const instance = randomUUID()
  const token = randomBytes(32).toString("base64url")
  const account = club.slug
  const auth: Handshake = {
    protocol: protocolVersion,
    widgets: [{ instance, widget: club.widget, at: { view: "browse" } }],
    carts: { [account]: { token } },
    locale: "en-CA",
    timeZone: "America/Toronto",
    touches: [],
    consent: "unknown",
  }
  const socket = io(`${foyer.app.publicUrl}/v1`, {
    auth,
    transports: ["websocket"],
    extraHeaders: { origin },
    reconnection: false,
    forceNew: true,
  })
  const opened = new Promise<Frame>((resolve, reject) => {
    socket.once("frame", resolve)
    socket.once("connect_error", reject)
  })
  // Whoever waits for it hears of it; nobody has to.
  opened.catch(() => {})
  return {
    socket,
    instance,
    token,
    opened,
    command: (type, data) =>
      socket.timeout(5000).emitWithAck("command", {
        op: randomUUID(),
        instance,
        widget: club.widget,
        cart: token,
        base: 0,
        at: { view: "event", event: "gala" },
        type,
        data,
      }),
    [Symbol.dispose]: () => void socket.disconnect(),
  }
}

/** The same command over HTTP. */
export async function post(
  foyer: World,
  club: Club,
  body: string,
  origin = foyer.hostOrigin,
): Promise<{ status: number; cors: string | null; answer: Answer }> {
  const response = await fetch(`${foyer.app.publicUrl}/v1/w/${club.widget}/command`, {
    method: "POST",
    headers: { "content-type": "application/json", origin },
    body,
  })
  const cors = response.headers.get("access-control-allow-origin")
  return { status: response.status, cors, answer: (await response.json()) as Answer }
}

/** The id of the price type that the club's product is sold at. */
export async function priceOf({ database }: World, club: Club, product = "floor"): Promise<string> {
  const { rows } = await database.owner.query<{ id: string }>(
    `select t.id from catalogue.price_type t join catalogue.variant v on v.id = t.variant_id
       join catalogue.product p on p.id = v.product_id join org.account a on a.id = p.account_id
     where a.slug = $1 and p.slug = $2`,
    [club.slug, product],
  )
  return rows[0]?.id ?? ""
}
