/** socket.io 5's packets, numbered as on the wire. */
export const PacketType = { CONNECT: 0, DISCONNECT: 1, EVENT: 2, ACK: 3, CONNECT_ERROR: 4 } as const

/** The server's namespace for pages. */
export const namespace = "/v1"

export type Packet = { readonly type: number; readonly id?: number; readonly data?: unknown }

const wire = /^(\d)\/v1,(\d*)([^]*)$/

export function writePacket({ type, id, data }: Packet): string {
  return `${type}${namespace},${id ?? ""}${data === undefined ? "" : JSON.stringify(data)}`
}

/** Undefined for what is no packet of the namespace. Throws when its data is no JSON. */
export function readPacket(text: string): Packet | undefined {
  const [, type, id, body] = wire.exec(text) ?? []
  if (type === undefined) return undefined
  const packet = { type: Number(type), data: body ? (JSON.parse(body) as unknown) : undefined }
  return id ? { ...packet, id: Number(id) } : packet
}
