import { expect, test } from "@playwright/test"

test("fails when a failure is planted, so that the runner's own check has something to find", async ({
  page,
}) => {
  await page.setContent("<h1>a page</h1>")
  await expect(page.getByRole("heading")).toBeVisible()
  expect(process.env["VITE_PLANTED_FAILURE"]).toBeUndefined()
})
