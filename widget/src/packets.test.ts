import * as fc from "fast-check"
import { Decoder as TheirDecoder, Encoder as TheirEncoder } from "socket.io-parser"
import { expect, it } from "vitest"
import { Decoder, Encoder, readPacket } from "./packets.ts"

const packet = fc.record({
  type: fc.constantFrom(0, 1, 2, 3, 4),
  nsp: fc.constantFrom("/v1", "/other"),
  id: fc.option(fc.nat(), { nil: undefined }),
  data: fc.array(fc.oneof(fc.string(), fc.nat(), fc.dictionary(fc.string(), fc.string()))),
})

it("writes what socket.io's own parser writes", () => {
  fc.assert(
    fc.property(packet, ({ id, ...rest }) => {
      const given = { ...rest, ...(id !== undefined && { id }) }
      expect(new Encoder().encode(given)).toEqual(new TheirEncoder().encode(given as never))
    }),
  )
})

it.each([
  '0/v1,{"sid":"abc"}',
  "1/v1,",
  '2/v1,["frame",{"text":"a, b: /c,\\n"}]',
  '3/v1,12[{"ok":true}]',
  '4/v1,{"message":"no","data":{"code":"please-reload"}}',
])("reads %s as socket.io's own parser does", (text) => {
  const read = (decoder: { on: Function; add: (text: string) => void }) => {
    let got: unknown
    decoder.on("decoded", (packet: unknown) => (got = packet))
    decoder.add(text)
    return got
  }
  const theirs = read(new TheirDecoder())
  expect(read(new Decoder())).toEqual(theirs)
})

it.each(["", "x", "2/v1,[", "4/v1,{"])(
  "throws on %s, which the manager answers by reconnecting",
  (text) => {
    expect(() => readPacket(text)).toThrow()
  },
)
