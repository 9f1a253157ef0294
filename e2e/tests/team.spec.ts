import { AxeBuilder } from "@axe-core/playwright"
import type { Page } from "@playwright/test"
import { expect, test, type World } from "#support/world.ts"

const password = "correct horse battery"

let people = 0
const emailOf = (name: string) => `${name}-${process.pid}-${++people}@club.example`

/** The newest mail to somebody, once it was sent. */
async function linkTo(foyer: World, email: string, label: string): Promise<string> {
  const mail = async () => {
    const { rows } = await foyer.database.owner.query<{ text: string }>(
      "select text from ops.outbox_mail where to_address = $1 and text like '%' || $2 || '%' order by at desc",
      [email, label],
    )
    return rows[0]?.text ?? ""
  }
  await expect.poll(mail).toContain(label)
  return /https?:\/\/\S+\/console\/\S+/.exec(await mail())?.[0] ?? ""
}

async function seriousBarriers(page: Page): Promise<string[]> {
  const { violations, passes } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
    .analyze()
  // Otherwise it looked at nothing.
  expect(passes.length).toBeGreaterThan(5)
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id} ${String(target)}`))
}

async function signUp(page: Page, foyer: World, name: string, email: string) {
  await page.goto(`${foyer.app.publicUrl}/console/sign-up`)
  await page.getByLabel("Your name").fill(name)
  await page.getByLabel("E-mail").fill(email)
  await page.getByLabel("New password", { exact: true }).fill(password)
  await page.getByRole("button", { name: "Create account" }).click()
  await expect(page.getByRole("heading", { name: "Your organization" })).toBeVisible()
}

async function makeOrganization(page: Page, name: string) {
  await page.getByLabel("Name").fill(name)
  await page.getByLabel("Country").selectOption("CA")
  await page.getByLabel("Currency").selectOption("cad")
  await page.getByLabel("Time zone").selectOption("America/Toronto")
  await page.getByRole("button", { name: "Continue" }).click()
  await expect(page).not.toHaveURL(/\/console\/new$/)
}

for (const script of ["with", "without"] as const)
  test.describe(`${script} JavaScript`, () => {
    test.use({ javaScriptEnabled: script === "with" })

    test("an organizer signs up, makes an organization, comes back and invites a marketer, who sees reports only", async ({
      page,
      browser,
      foyer,
    }) => {
      const [dana, maya] = [emailOf("dana"), emailOf("maya")]
      const name = `Comedy Cellar ${process.pid} ${people}`
      await signUp(page, foyer, "Dana Kessler", dana)
      await makeOrganization(page, name)
      const slug = /\/console\/([^/]+)/.exec(page.url())?.[1] ?? ""
      const at = (path: string) => `${foyer.app.publicUrl}/console/${slug}/${path}`

      await page.goto(at("settings/team"))
      await page.getByText("Dana Kessler").first().click()
      await page.getByRole("button", { name: "Sign out" }).click()
      await page.goto(at("settings/team"))
      await page.getByLabel("E-mail").fill(dana)
      await page.getByLabel("Password").fill("not my password")
      await page.getByRole("button", { name: "Sign in" }).click()
      await expect(page.getByRole("alert")).toContainText("do not belong together")
      await page.getByLabel("Password").fill(password)
      await page.getByRole("button", { name: "Sign in" }).click()
      await expect(page).toHaveURL(at("settings/team"))

      await page.getByLabel("E-mail").fill(maya)
      await page.getByRole("radio", { name: /^Marketer/ }).check()
      await page.getByRole("button", { name: "Send the invitation" }).click()
      await expect(page.getByRole("status")).toContainText(`A mail to ${maya} is on its way.`)
      await expect(page.getByRole("row", { name: maya })).toContainText("Marketer")

      const hers = await browser.newPage({ javaScriptEnabled: script === "with" })
      await hers.goto(await linkTo(foyer, maya, "Accept the invitation"))
      await expect(hers.getByRole("heading", { name: `Join ${name}` })).toBeVisible()
      await hers.getByLabel("Your name").fill("Maya Ortiz")
      await hers.getByLabel("New password", { exact: true }).fill(password)
      await hers.getByRole("button", { name: "Create account and join" }).click()
      await expect(hers).toHaveURL(at("reports"))
      const places = hers.getByRole("navigation").first().getByRole("link")
      await expect(places).toHaveText(["Attribution", "Sales history", "Links", "Pixel health"])
      for (const path of ["today", "orders", "promotions", "settings/team", "settings/audit"]) {
        const answer = await hers.goto(at(path))
        expect([path, answer?.status()]).toEqual([path, 403])
      }
      await expect(hers.getByRole("heading")).toHaveText("Your role does not include this")
      await hers.close()

      await page.goto(at("settings/audit"))
      await expect(page.getByText("Maya Ortiz")).toBeVisible()
      await expect(page.getByText(`joined member ${maya}`)).toBeVisible()
    })
  })

test("a session that ends in the middle of a form costs nothing that was typed", async ({
  page,
  foyer,
}) => {
  const [dana, maya] = [emailOf("dana"), emailOf("maya")]
  await signUp(page, foyer, "Dana Kessler", dana)
  await makeOrganization(page, `The Attic ${process.pid}`)
  const slug = /\/console\/([^/]+)/.exec(page.url())?.[1] ?? ""
  await page.goto(`${foyer.app.publicUrl}/console/${slug}/settings/team`)
  await page.getByLabel("E-mail").fill(maya)
  await page.getByRole("radio", { name: /^Finance/ }).check()
  await foyer.database.owner.query(
    "delete from auth.session s using auth.person p where p.id = s.person_id and p.email = $1",
    [dana],
  )
  await page.getByRole("button", { name: "Send the invitation" }).click()
  await expect(page.getByText("You were signed out.")).toBeVisible()
  await page.getByLabel("E-mail").fill(dana)
  await page.getByLabel("Password").fill(password)
  await page.getByRole("button", { name: "Sign in" }).click()
  await page.getByRole("button", { name: "Send what I typed" }).click()
  await expect(page.getByRole("row", { name: maya })).toContainText("Finance")
})

test("a forgotten password is replaced by a mailed link", async ({ page, foyer }) => {
  const dana = emailOf("dana")
  await signUp(page, foyer, "Dana Kessler", dana)
  await page.getByRole("button", { name: "Sign out" }).click()
  await page.getByRole("link", { name: "Forgot your password?" }).click()
  await page.getByLabel("E-mail").fill(dana)
  await page.getByRole("button", { name: "Send the link" }).click()
  await expect(page.getByText("If there is an account")).toBeVisible()
  await page.goto(await linkTo(foyer, dana, "Choose a new password"))
  await page.getByLabel("New password", { exact: true }).fill("another horse altogether")
  await page.getByRole("button", { name: "Change the password" }).click()
  await expect(page.getByRole("status")).toContainText("Your password is changed")
  await page.getByLabel("E-mail").fill(dana)
  await page.getByLabel("Password").fill("another horse altogether")
  await page.getByRole("button", { name: "Sign in" }).click()
  await expect(page.getByRole("heading", { name: "Your organization" })).toBeVisible()
})

for (const { name, width, colorScheme } of [
  { name: "wide and light", width: 1280, colorScheme: "light" },
  { name: "narrow and dark", width: 360, colorScheme: "dark" },
] as const)
  test(`axe finds nothing serious where people come in and work together, ${name}`, async ({
    page,
    foyer,
  }) => {
    test.slow() // nine pages, each looked at by every rule
    await page.setViewportSize({ width, height: 1000 })
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" })
    const origin = foyer.app.publicUrl
    for (const path of [
      "sign-in",
      "sign-up",
      "forgot",
      "reset?token=x",
      "verify?token=x",
      "nothing",
    ]) {
      await page.goto(`${origin}/console/${path}`)
      expect(await seriousBarriers(page), path).toEqual([])
    }
    await page.goto(`${origin}/console/sign-up`)
    await page.getByRole("button", { name: "Create account" }).click()
    expect(await seriousBarriers(page), "faults").toEqual([])
    await signUp(page, foyer, "Dana Kessler", emailOf("dana"))
    expect(await seriousBarriers(page), "new").toEqual([])
    await makeOrganization(page, `The Loft ${process.pid} ${name}`)
    const slug = /\/console\/([^/]+)/.exec(page.url())?.[1] ?? ""
    await page.goto(`${origin}/console/${slug}/settings/team`)
    await page.getByLabel("E-mail").fill(emailOf("maya"))
    await page.getByRole("button", { name: "Send the invitation" }).click()
    expect(await seriousBarriers(page), "team").toEqual([])
    await page.goto(`${origin}/console/${slug}/settings/audit`)
    await page.locator("summary").last().click()
    expect(await seriousBarriers(page), "history").toEqual([])
    const isWider = () =>
      document.documentElement.scrollWidth > document.documentElement.clientWidth
    expect(await page.evaluate(isWider)).toBe(false)
  })
