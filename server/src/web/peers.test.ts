import fc from "fast-check"
import { expect, it } from "vitest"
import { isPagesSaid, openPeers, type PageCount, silentMs, sumPages } from "#web/peers.ts"

const said = (beat: number, pages: readonly PageCount[], part = 0, parts = 1) => ({
  beat,
  part,
  parts,
  pages,
})

it("adds up what every process has open, account by account", () => {
  const peers = openPeers()
  peers.hear(
    "a",
    said(1, [
      ["club", "club/main", 2],
      ["club", "club/side", 1],
    ]),
    0,
  )
  peers.hear(
    "b",
    said(7, [
      ["club", "club/main", 40],
      ["other", "other/main", 9],
    ]),
    0,
  )
  const own: PageCount[] = [["club", "club/main", 1]]
  const sums = sumPages([...own, ...peers.pages(1)], "club")
  expect(Object.fromEntries(sums)).toEqual({ "club/main": 43, "club/side": 1 })
})

it("goes by what a process said last", () => {
  const peers = openPeers()
  peers.hear("a", said(2, [["club", "club/main", 5]]), 0)
  peers.hear("a", said(1, [["club", "club/main", 99]]), 1)
  expect(peers.pages(1)).toEqual([["club", "club/main", 5]])
  peers.hear("a", said(3, []), 2)
  expect(peers.pages(2)).toEqual([])
})

it("forgets who says nothing any more", () => {
  const peers = openPeers()
  peers.hear("dead", said(1, [["club", "club/main", 5]]), 0)
  peers.hear("alive", said(1, [["club", "club/main", 3]]), 1)
  expect(peers.pages(silentMs - 1)).toHaveLength(2)
  expect(peers.pages(silentMs)).toEqual([["club", "club/main", 3]])
  // It comes back with numbers of its own.
  peers.hear("dead", said(0, [["club", "club/main", 1]]), silentMs)
  expect(peers.pages(silentMs)).toHaveLength(2)
})

it("takes what comes in parts when all of it is there, in whatever order it comes", () => {
  const anyPages = fc.array(
    fc.tuple(fc.constantFrom("a", "b"), fc.constantFrom("a/1", "b/1", "b/2"), fc.nat(9)),
    { minLength: 1, maxLength: 6 },
  )
  fc.assert(
    fc.property(anyPages, fc.infiniteStream(fc.nat()), (pages, numbers) => {
      const peers = openPeers()
      const old: PageCount[] = [["a", "a/1", 77]]
      peers.hear("p", said(1, old), 0)
      const order = pages
        .map((page, part) => ({ page, part, at: numbers.next().value }))
        .toSorted((x, y) => x.at - y.at)
      for (const { page, part } of order) {
        expect(peers.pages(0)).toEqual(old)
        peers.hear("p", said(2, [page], part, pages.length), 0)
      }
      for (const account of ["a", "b"])
        expect(sumPages(peers.pages(0), account)).toEqual(sumPages(pages, account))
    }),
  )
})

it("knows what is not for it", () => {
  expect(isPagesSaid(said(1, [["club", "club/main", 5]]))).toBe(true)
  for (const other of [
    undefined,
    null,
    "pages",
    {},
    said(-1, []),
    { ...said(1, []), pages: [["club", "club/main"]] },
    { ...said(1, []), pages: [["club", "club/main", -1]] },
    { ...said(1, []), pages: [["club", "club/main", "5"]] },
  ])
    expect(isPagesSaid(other)).toBe(false)
})
