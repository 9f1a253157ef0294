import { Emitter } from "./emitter.ts"

type Timings = { readonly pingInterval: number; readonly pingTimeout: number }

/**
 * What socket.io's manager needs of engine.io 4 where WebSocket is the only transport: handshake, heartbeat and text. The build puts it in the
 * place of `engine.io-client`, most of which serves long-polling, upgrades and binary data that the widget never uses.
 */
export class Socket extends Emitter {
  readonly transport = { writable: true }
  #socket: WebSocket | undefined
  #timings: Timings = { pingInterval: 25_000, pingTimeout: 20_000 }
  #silence: ReturnType<typeof setTimeout> | undefined
  #isClosed = false

  constructor(origin: string, { path }: { readonly path: string }) {
    super()
    try {
      const url = `${origin.replace(/^http/, "ws")}${path}/?EIO=4&transport=websocket`
      this.#socket = new WebSocket(url)
    } catch (error) {
      // A content policy may refuse the constructor itself; nobody listens before it returns.
      queueMicrotask(() => this.#fail(error))
      return
    }
    this.#socket.onmessage = ({ data }: MessageEvent<string>) => this.#read(data)
    this.#socket.onerror = () => this.#fail(new Error("websocket error"))
    this.#socket.onclose = () => this.#end("transport close")
    window.addEventListener("offline", this.#offline)
  }

  write(text: string): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(`4${text}`)
  }

  close(): void {
    this.#end("forced close")
  }

  /** The manager asks before it counts on the connection; a sleeping tab's timers may be late, the socket's own state is not. */
  _hasPingExpired(): boolean {
    return this.#isClosed
  }

  #read(data: string): void {
    const body = data.slice(1)
    if (data[0] === "0") this.#open(body)
    else if (data[0] === "2") this.#beat()
    else if (data[0] === "4") this.emitReserved("data", body)
  }

  #open(handshake: string): void {
    this.#timings = JSON.parse(handshake) as Timings
    this.#listenForSilence()
    this.emitReserved("open")
  }

  #beat(): void {
    this.#socket?.send("3")
    this.#listenForSilence()
    this.emitReserved("ping")
  }

  #listenForSilence(): void {
    clearTimeout(this.#silence)
    const { pingInterval, pingTimeout } = this.#timings
    this.#silence = setTimeout(() => this.#end("ping timeout"), pingInterval + pingTimeout)
  }

  #fail(error: unknown): void {
    if (this.#isClosed) return
    this.emitReserved("error", error)
    this.#end("transport error")
  }

  #end(reason: string): void {
    if (this.#isClosed) return
    this.#isClosed = true
    clearTimeout(this.#silence)
    window.removeEventListener("offline", this.#offline)
    this.#socket?.close()
    this.emitReserved("close", reason)
  }

  #offline = () => this.#end("transport close")
}

/** The manager keeps its timers' functions, so that tests may replace the page's. */
export function installTimerFunctions(target: object): void {
  Object.assign(target, {
    setTimeoutFn: setTimeout.bind(window),
    clearTimeoutFn: clearTimeout.bind(window),
  })
}

export const nextTick = (run: () => void) => queueMicrotask(run)
