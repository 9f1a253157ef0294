import { testDatabase } from "@foyer/server/testing/database.ts"
import { bundle, openProcessWorld } from "#support/process-world.ts"
import { expect, test } from "@playwright/test"

test("whoever is signed in stays so when the server that is built for production is killed", async ({
  page,
}) => {
  await using stack = new AsyncDisposableStack()
  const database = stack.use(await testDatabase())
  const foyer = await openProcessWorld(stack, database, { NODE_ENV: "production" }, bundle)
  const { origin } = new URL(foyer.door.url)
  await page.goto(`${origin}/console/sign-up`)
  await page.getByLabel("Your name").fill("Dana Kessler")
  await page.getByLabel("E-mail").fill("dana@club.example")
  await page.getByLabel("New password", { exact: true }).fill("correct horse battery")
  await page.getByRole("button", { name: "Create account" }).click()
  const question = page.getByRole("heading", { name: "Your organization" })
  await expect(question).toBeVisible()
  await foyer.kill()
  await foyer.start()
  await page.goto(`${origin}/console`)
  await expect(question).toBeVisible()
})
