import sharp from "sharp"
import { expect, it } from "vitest"
import { qrPng, qrSvg } from "#documents/qr-picture.ts"

const link = "https://club.example/tickets?foyer-promo=TEN&utm_source=a%22b"

it("draws a square of modules with room around it, and nothing of the text itself", () => {
  const svg = qrSvg(link)
  const [, width, height] = /viewBox="0 0 (\d+) (\d+)"/.exec(svg) ?? []
  expect(width).toBe(height)
  expect(svg).not.toContain("club")
  const places = [...svg.matchAll(/M(\d+) (\d+)h1v1/g)].flatMap(([, x, y]) => [
    Number(x),
    Number(y),
  ])
  expect([Math.min(...places), Math.max(...places)]).toEqual([4, Number(width) - 5])
})

it("makes a PNG of it that is black and white", async () => {
  const { data, info } = await sharp(await qrPng(link))
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true })
  expect([info.width, info.height]).toEqual([1024, 1024])
  expect(data.at(0)).toBe(255)
  expect(data.includes(0)).toBe(true)
})

it("takes the longest link that a form lets through", async () => {
  expect((await qrPng(`https://club.example/${"a".repeat(1500)}`)).length).toBeGreaterThan(0)
})
