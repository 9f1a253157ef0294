import * as fc from "fast-check"
import { Decoder, Encoder } from "socket.io-parser"
import { expect, it } from "vitest"
import { readPacket, writePacket } from "./packets.ts"

const packet = fc.record({
  type: fc.constantFrom(0, 1, 2, 3, 4),
  id: fc.option(fc.nat(), { nil: undefined }),
  data: fc.array(fc.oneof(fc.string(), fc.nat(), fc.dictionary(fc.string(), fc.string()))),
})

it("writes what socket.io's own parser writes", () => {
  fc.assert(
    fc.property(packet, ({ id, ...rest }) => {
      const given = { ...rest, ...(id !== undefined && { id }) }
      expect([writePacket(given)]).toEqual(new Encoder().encode({ ...given, nsp: "/v1" } as never))
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
  const decoder = new Decoder()
  let theirs: unknown
  decoder.on("decoded", (packet: unknown) => (theirs = packet))
  decoder.add(text)
  expect({ nsp: "/v1", ...readPacket(text) }).toEqual(theirs)
})

it.each(["", "x", "2", '0{"sid":"abc"}', '2/other,["frame"]'])("passes over %j", (text) => {
  expect(readPacket(text)).toBeUndefined()
})

it.each(["2/v1,[", "4/v1,{"])("throws on %s, after which the page connects anew", (text) => {
  expect(() => readPacket(text)).toThrow()
})
