import { type ConsoleVisitor, newMember } from "@foyer/server/testing/console.ts"
import { AxeBuilder } from "@axe-core/playwright"
import { expect, type Page } from "@playwright/test"
import type { Club } from "#support/club.ts"
import type { World } from "#support/world.ts"

/** Signs a new member of the club in, in this browser. Answers the address of the club's console. */
export async function enterConsole(
  page: Page,
  { app, database }: World,
  club: Club,
  role: Parameters<typeof newMember>[2] = "owner",
): Promise<string> {
  const { rows } = await database.owner.query<{ id: string }>(
    "select id from org.account where slug = $1",
    [club.slug],
  )
  const url = `http://127.0.0.1:${app.port}`
  const at = { url, publicUrl: app.publicUrl, database }
  const { visitor } = await newMember(at, rows[0]?.id ?? "", role)
  await takeCookies(page, app.publicUrl, visitor)
  return `${app.publicUrl}/console/${club.slug}`
}

async function takeCookies(page: Page, url: string, visitor: ConsoleVisitor): Promise<void> {
  const cookies = visitor.cookie().split("; ")
  await page.context().addCookies(
    cookies.map((cookie) => {
      const at = cookie.indexOf("=")
      return { name: cookie.slice(0, at), value: cookie.slice(at + 1), url }
    }),
  )
}

/** What axe finds that keeps somebody out: rule, and where. */
export async function barriersOn(page: Page): Promise<string[]> {
  const { violations, passes } = await new AxeBuilder({ page })
    .exclude("iframe")
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
    .analyze()
  // Otherwise it looked at nothing.
  expect(passes.length).toBeGreaterThan(10)
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} ${String(target)}: ${failureSummary}`),
    )
}

/** What of the page sticks out of it, or lies over something else that can be pressed. */
export async function layoutFaults(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const faults: string[] = []
    const { scrollWidth, clientWidth } = document.documentElement
    if (scrollWidth > clientWidth) faults.push(`the page is ${scrollWidth} wide in ${clientWidth}`)
    const name = (element: Element) =>
      `${element.localName}.${element.getAttribute("class") ?? ""} "${(element.textContent ?? "").trim().slice(0, 30)}"`
    const scrolls = (element: Element) => {
      for (let up = element.parentElement; up; up = up.parentElement)
        if (up.scrollWidth > up.clientWidth && getComputedStyle(up).overflowX !== "visible")
          return true
      return false
    }
    const isShown = (element: Element) =>
      element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
      !element.closest(".vh, .skip, [aria-hidden=true]")
    for (const element of document.querySelectorAll("main *")) {
      const box = element.getBoundingClientRect()
      if (box.width === 0 || !isShown(element) || scrolls(element)) continue
      if (box.right > clientWidth + 1 || box.left < -1) faults.push(`${name(element)} sticks out`)
    }
    for (const badge of document.querySelectorAll("main td .badge")) {
      const cell = badge.closest("td")?.getBoundingClientRect()
      if (cell && isShown(badge) && badge.getBoundingClientRect().right > cell.right + 1)
        faults.push(`${name(badge)} sticks out of its cell`)
    }
    const controls = [
      ...document.querySelectorAll("main :is(a, button, input, select, textarea, summary)"),
    ]
      .filter(
        (element) =>
          isShown(element) && !scrolls(element) && !element.closest(".savebar, .hits, .pop"),
      )
      .map((element) => ({ element, box: element.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 1)
    for (const [index, one] of controls.entries())
      for (const other of controls.slice(index + 1)) {
        if (one.element.contains(other.element) || other.element.contains(one.element)) continue
        const wide =
          Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left)
        const tall =
          Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top)
        if (wide > 2 && tall > 2)
          faults.push(`${name(one.element)} lies over ${name(other.element)}`)
      }
    return faults
  })
}

/** How each page is looked at. */
export const looks = [
  { name: "wide and light", width: 1280, colorScheme: "light" },
  { name: "wide and dark", width: 1280, colorScheme: "dark" },
  { name: "narrow and light", width: 360, colorScheme: "light" },
  { name: "narrow and dark", width: 360, colorScheme: "dark" },
] as const
