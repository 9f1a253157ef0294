/** What a page of the console hears. */
type Heard = {
  /** Connected, for the first time or again. */
  readonly up: () => void
  readonly down: () => void
  /** Something of the account changed; what, the page asks for itself. */
  readonly changed: () => void
  /** The server does not tell this visitor anything (any more). It is not asked again. */
  readonly refused: () => void
}

const namespace = "/console"
const firstDelayMs = 500
const longestDelayMs = 20_000

/**
 * Listens on the server's socket.io, whose few packets for one namespace and no data are all this speaks. Comes back with growing patience
 * when the connection goes, and at once when the page is shown or the network returns.
 */
export function openConsoleSocket(account: string, heard: Heard): void {
  let socket: WebSocket | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let silence: ReturnType<typeof setTimeout> | undefined
  let tries = 0
  let isWanted = true

  const connect = () => {
    clearTimeout(timer)
    if (socket || !isWanted) return
    const opened = new WebSocket(
      `${location.origin.replace(/^http/, "ws")}/socket.io/?EIO=4&transport=websocket`,
    )
    socket = opened
    let beatMs = 20_000
    const listen = () => {
      clearTimeout(silence)
      silence = setTimeout(() => opened.close(), beatMs)
    }
    listen()
    opened.onmessage = ({ data }: MessageEvent<string>) => {
      if (data.startsWith("0")) {
        beatMs = beatOf(data.slice(1))
        opened.send(`40${namespace},${JSON.stringify({ account })}`)
      } else if (data === "2") opened.send("3")
      else hear(data)
      listen()
    }
    opened.onclose = () => {
      clearTimeout(silence)
      if (socket === opened) lost()
    }
  }

  const hear = (packet: string) => {
    if (packet.startsWith(`40${namespace}`)) {
      tries = 0
      heard.up()
    } else if (packet.startsWith(`42${namespace},`)) heard.changed()
    else if (packet.startsWith(`44${namespace}`) || packet.startsWith(`41${namespace}`)) {
      isWanted = false
      socket?.close()
      heard.refused()
    }
  }

  const lost = () => {
    socket = undefined
    if (!isWanted) return
    heard.down()
    const delay = Math.min(longestDelayMs, firstDelayMs * 2 ** tries++)
    timer = setTimeout(connect, delay * (0.5 + Math.random()))
  }

  const soon = () => {
    tries = 0
    connect()
  }
  window.addEventListener("online", soon)
  document.addEventListener("visibilitychange", () => document.hidden || soon())
  // An open socket would keep the page out of the back-forward cache.
  window.addEventListener("pagehide", () => socket?.close())
  window.addEventListener("pageshow", ({ persisted }) => persisted && soon())
  connect()
}

/** How long a server that is there may be silent. */
function beatOf(handshake: string): number {
  const { pingInterval = 25_000, pingTimeout = 20_000 } = JSON.parse(handshake) as {
    readonly pingInterval?: number
    readonly pingTimeout?: number
  }
  return pingInterval + pingTimeout
}
