import { randomBytes } from "node:crypto"
import { expect, it } from "vitest"
import type { Actor } from "#core/role.ts"
import { catalogueText } from "#testing/catalogue-file.ts"
import { testDatabase, type TestDatabase } from "#testing/database.ts"
import { pictureRoutes } from "#web/pictures.ts"
import { addPicture } from "./add-picture.ts"
import { importCatalogue } from "./import-catalogue.ts"

async function ownerOf(database: TestDatabase, slug = "the-club"): Promise<Actor> {
  const imported = await importCatalogue(
    database,
    catalogueText((file) => (file.account.slug = slug)),
  )
  if (imported.outcome !== "imported") throw new Error("no account")
  return { userId: "nobody", accountId: imported.accountId, role: "owner" }
}

const aPicture = () => ({
  hash: randomBytes(20).toString("hex"),
  renditions: [480, 960].map((width) => ({ width, height: 300, bytes: randomBytes(width) })),
})

it("serves an upload in the width that is asked for, for ever, to any page", async () => {
  await using database = await testDatabase()
  const owner = await ownerOf(database)
  const picture = aPicture()
  const added = await addPicture(database, owner, picture)
  const path = `/media/account/the-club/${picture.hash}.webp`
  expect(added).toEqual({ outcome: "added", path })
  expect(await addPicture(database, owner, picture)).toEqual(added)
  const routes = pictureRoutes(database)
  const widthOf = async (query: string) =>
    (await (await routes.request(`${path}${query}`)).arrayBuffer()).byteLength
  expect(await widthOf("")).toBe(960)
  expect(await widthOf("?w=320")).toBe(480)
  expect(await widthOf("?w=481")).toBe(960)
  expect(await widthOf("?w=2000")).toBe(960)
  expect(await widthOf("?w=x")).toBe(960)
  const { headers } = await routes.request(path)
  expect(Object.fromEntries(headers)).toMatchObject({
    "content-type": "image/webp",
    "cache-control": "public, max-age=31536000, immutable",
    "x-content-type-options": "nosniff",
    "cross-origin-resource-policy": "cross-origin",
  })
})

it("keeps accounts apart, and finds nothing by another name", async () => {
  await using database = await testDatabase()
  const picture = aPicture()
  await addPicture(database, await ownerOf(database), picture)
  await ownerOf(database, "other-club")
  const routes = pictureRoutes(database)
  for (const path of [
    `/media/account/other-club/${picture.hash}.webp`,
    `/media/account/nobody/${picture.hash}.webp`,
    `/media/account/the-club/${picture.hash}.svg`,
    `/media/account/the-club/${picture.hash}`,
    `/media/account/the-club/${"0".repeat(40)}.webp`,
    "/media/account/the-club/..%2f..%2fetc%2fpasswd",
    "/media/account/%27/%00.webp",
  ])
    expect((await routes.request(path)).status, path).toBe(404)
})

it("asks whether the person may", async () => {
  await using database = await testDatabase()
  const owner = await ownerOf(database)
  for (const role of ["box-office", "marketer", "finance"] as const)
    expect(await addPicture(database, { ...owner, role }, aPicture())).toEqual({
      outcome: "forbidden",
      permission: "edit-events",
    })
})
