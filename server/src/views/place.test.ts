import { expect, it } from "vitest"
import { pictureUrl } from "./place.ts"

const screen = { publicUrl: "https://foyer.example" }

it("asks for an uploaded picture in the width that is needed, and for any other as it is", () => {
  const uploaded = "/media/account/club/0a.webp"
  expect(pictureUrl(screen, uploaded, 480)).toBe(`https://foyer.example${uploaded}?w=480`)
  expect(pictureUrl(screen, uploaded)).toBe(`https://foyer.example${uploaded}`)
  expect(pictureUrl(screen, "/media/demo/a.webp", 480)).toBe(
    "https://foyer.example/media/demo/a.webp",
  )
  expect(pictureUrl(screen, "//evil.example/x")).toBe("https://foyer.example/evil.example/x")
})
