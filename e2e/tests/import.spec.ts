import { barriersOn, enterConsole, layoutFaults } from "#support/console.ts"
import { expect, test } from "#support/world.ts"

const calendar = [
  "BEGIN:VCALENDAR",
  "BEGIN:VEVENT",
  "UID:1",
  "SUMMARY:Friday Jam",
  "LOCATION:The Attic\\, Toronto",
  "DTSTART;TZID=America/Toronto:20991127T200000",
  "RRULE:FREQ=WEEKLY;COUNT=3",
  "END:VEVENT",
  "END:VCALENDAR",
].join("\r\n")

test("brings the events of a calendar in, looked through, on a phone too", async ({
  page,
  foyer,
}) => {
  const club = await foyer.club()
  const console = await enterConsole(page, foyer, club)
  const looksRight = async () => {
    expect(await barriersOn(page)).toEqual([])
    for (const width of [360, 1280]) {
      await page.setViewportSize({ width, height: 900 })
      expect(await layoutFaults(page)).toEqual([])
    }
  }

  await page.goto(`${console}/events`)
  await page.getByRole("link", { name: "Bring your events" }).click()
  await looksRight()
  await page.getByLabel("Calendar or table").setInputFiles({
    name: "shows.ics",
    mimeType: "text/calendar",
    buffer: Buffer.from(calendar),
  })
  await page.getByRole("button", { name: "Read the file" }).click()
  await expect(page.getByRole("heading", { level: 1, name: "One event was found" })).toBeVisible()
  await looksRight()
  await page.getByLabel("On sale at once").check()
  await page.getByRole("button", { name: "Bring them in" }).click()
  await expect(page.getByRole("alert")).toContainText("To be on sale it needs a ticket")
  await page.getByLabel("Tickets, in CAD").fill("Adult 20\nStudent 15")
  await looksRight()
  await page.getByRole("button", { name: "Bring them in" }).click()
  await expect(page.getByText("One event is on sale.")).toBeVisible()
  await page.goto(`${foyer.app.publicUrl}/e/${club.slug}/friday-jam`)
  await expect(page.getByRole("group", { name: "Student" })).toBeVisible()
})

test("the steps of a first run and the check fit a phone", async ({ page, foyer }) => {
  const club = await foyer.club()
  const console = await enterConsole(page, foyer, club)
  await page.setViewportSize({ width: 360, height: 800 })
  await page.goto(`${console}/widgets/main/check`)
  await page.getByLabel("Address of the page with the tickets").fill(foyer.pageOf(club, "policy"))
  await page.getByRole("button", { name: "Check my page" }).click()
  await expect(page.getByRole("heading", { name: "What we found" })).toBeVisible()
  expect(await layoutFaults(page)).toEqual([])
  expect(await barriersOn(page)).toEqual([])
  for (const step of ["", "/event", "/look", "/site", "/snippet", "/order"]) {
    await page.goto(`${console}/first-run${step}`)
    expect(await layoutFaults(page)).toEqual([])
  }
})
