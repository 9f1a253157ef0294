import { Emitter } from "./emitter.ts"

/** socket.io 5's packets, numbered as on the wire; the build puts this in the place of `socket.io-parser`, without its binary packets. */
export const PacketType = { CONNECT: 0, DISCONNECT: 1, EVENT: 2, ACK: 3, CONNECT_ERROR: 4 } as const

type Packet = {
  readonly type: number
  readonly nsp: string
  readonly id?: number
  readonly data?: unknown
}

const wire = /^(\d)(?:(\/[^,]*),)?(\d*)([^]*)$/

export class Encoder {
  encode({ type, nsp, id, data }: Packet): readonly string[] {
    return [`${type}${nsp},${id ?? ""}${data === undefined ? "" : JSON.stringify(data)}`]
  }
}

export class Decoder extends Emitter {
  /** Throws on what is no packet; the manager then opens a new connection. */
  add(text: string): void {
    this.emitReserved("decoded", readPacket(text))
  }

  destroy(): void {}
}

/** Throws on what is no packet. */
export function readPacket(text: string): Packet {
  const [, type, nsp = "/", id, body] = wire.exec(text) ?? []
  if (type === undefined) throw new Error("invalid packet")
  const packet = { type: Number(type), nsp, data: body ? (JSON.parse(body) as unknown) : undefined }
  return id ? { ...packet, id: Number(id) } : packet
}
