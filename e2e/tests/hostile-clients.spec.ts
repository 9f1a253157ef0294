import type { Page } from "@playwright/test"
import { expectBooks, ordersOf } from "#support/books.ts"
import { shopperOn } from "#support/shopper.ts"
import { expect, test } from "#support/world.ts"

/** Ways to run something out of a text, each leaving a mark where it succeeds. */
const attacks = [
  `<img src=x onerror="window.hacked='img'">`,
  `"><svg/onload=window.hacked='svg'>`,
  `</script><script>window.hacked='script'</script>`,
  `'-alert(1)-'\${alert(2)}{{constructor.constructor('window.hacked=1')()}}`,
  `<iframe srcdoc="<script>parent.hacked='frame'</script>"></iframe>`,
  `</template></style></title></textarea><details open ontoggle=window.hacked='toggle'>`,
  `javascript:window.hacked='url'//<a href="javascript:window.hacked='a'" autofocus onfocus=window.hacked='f'>x`,
  `<math><mi//xlink:href="data:x,<script>window.hacked='math'</script>">`,
  `<form action=javascript:window.hacked='form'><button formaction=javascript:hacked=1>`,
  `\u2028\u202e&lt;img src=x onerror=window.hacked='twice'&gt;`,
] as const

const attack = (n: number) => `${attacks[n % attacks.length]} ${n}`

/** An organizer's file with an attack in every text that a shopper can see. */
function hostileParts() {
  return {
    galaTitle: attack(0),
    account: { name: attack(1) },
    widget: { title: attack(2) },
    questions: [
      {
        slug: "tag",
        label: attack(3),
        kind: "text",
        required: true,
        section: attack(4),
        help: attack(5),
      },
      {
        slug: "meal",
        label: attack(6),
        kind: "choice",
        required: false,
        choices: [7, 9].map((n) => ({ slug: `meal-${n}`, title: attack(n) })),
      },
      { slug: "rules", label: attack(8), kind: "checkbox", required: true },
    ],
    extraEvents: [
      {
        slug: "night",
        title: attack(9),
        summary: attack(1),
        venue: {
          name: attack(2),
          street: attack(4),
          city: attack(5),
          subdivision: "ON",
          country: "CA",
        },
        showtimes: [{ at: "2099-12-10T19:00" }],
        products: [
          {
            slug: "seat",
            kind: "ticket",
            title: attack(0),
            taxClass: "admission",
            capacity: 20,
            priceTypes: [
              { slug: "one", title: attack(1), prices: { cad: "5.00" } },
              { slug: "two", title: attack(2), prices: { cad: "6.00" } },
            ],
          },
        ],
      },
    ],
  }
}

/** Whatever an attack could do: run, ask, be refused by the page's policy, or become an element. */
async function watchFor(page: Page) {
  const dialogs: string[] = []
  page.on("dialog", (dialog) => {
    dialogs.push(dialog.message())
    void dialog.dismiss()
  })
  await page.addInitScript(() => {
    const refused: string[] = []
    Object.assign(window, { refused })
    document.addEventListener("securitypolicyviolation", (event) =>
      refused.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`),
    )
  })
  return async () => {
    const done = await page.evaluate(() => {
      const root = document.querySelector("foyer-checkout")?.shadowRoot ?? document
      const all = [...root.querySelectorAll("*")]
      const isBad = (each: Element) =>
        /^(script|iframe|object|embed|style|math|base)$/.test(each.localName) ||
        each.getAttributeNames().some((name) => name.startsWith("on") || name === "srcdoc") ||
        /^\s*(javascript|data):/i.test(
          each.getAttribute("href") ?? each.getAttribute("action") ?? "",
        )
      return {
        hacked: (window as { hacked?: unknown }).hacked ?? "nothing",
        refused: (window as { refused?: unknown }).refused,
        bad: root === document ? [] : all.filter(isBad).map((each) => each.outerHTML),
      }
    })
    return { ...done, dialogs: [...dialogs] }
  }
}

const unharmed = { hacked: "nothing", refused: [], bad: [], dialogs: [] }

test("an attack in every text of organizer and shopper runs in no view, under a policy with Trusted Types", async ({
  page,
  foyer,
}) => {
  test.slow()
  const club = await foyer.club(hostileParts())
  const outcome = await watchFor(page)
  const shopper = shopperOn(page)
  const { widget } = shopper
  const response = await page.goto(`${foyer.app.publicUrl}/v1/w/${club.widget}`)
  expect(response?.headers()["content-security-policy"]).toContain("require-trusted-types-for")
  await expect(widget.getByRole("link", { name: attack(9) })).toBeVisible()
  expect(await outcome(), "browse").toEqual(unharmed)

  await widget.getByRole("link", { name: attack(9) }).click()
  const steppers = widget
    .getByRole("group")
    .filter({ has: page.getByRole("button", { name: "One more" }) })
  await expect(steppers).toHaveCount(2)
  for (const stepper of await steppers.all()) {
    await stepper.getByRole("button", { name: "One more" }).click()
    await expect(stepper.getByRole("status")).toHaveText("1")
  }
  expect(await outcome(), "event").toEqual(unharmed)

  await shopper.seen(widget.getByRole("link", { name: "Check out" })).click()
  await shopper.seen(widget.getByText("Add a promo code")).click()
  const promo = shopper.seen(widget.getByLabel("Promo code"))
  await promo.fill(`<img src=x onerror=hacked=1>`)
  await promo.press("Enter")
  await expect(shopper.seen(widget.getByText(/onerror=hacked/i))).toBeVisible()
  expect(await outcome(), "cart").toEqual(unharmed)

  await shopper.seen(widget.getByRole("button", { name: "Continue", exact: true })).click()
  await shopper.fillDetails({ email: "eve@example.com", firstName: attack(0), lastName: attack(2) })
  await widget.getByLabel(attack(3)).fill(attack(1))
  await widget.getByRole("button", { name: "Continue to payment" }).click()
  await shopper.untilSaid(/to fix/)
  expect(await outcome(), "details").toEqual(unharmed)
  await widget.getByLabel(attack(8)).check()
  await shopper.toPayment()
  expect(await outcome(), "payment").toEqual(unharmed)
  await shopper.payByCard()
  await shopper.untilGoing()
  expect(await outcome(), "success").toEqual(unharmed)

  const [order] = await ordersOf(foyer.database, club)
  await page.goto(`${foyer.app.publicUrl}/orders/${order?.token}`)
  await expect(page.getByRole("heading", { name: attack(9) }).first()).toBeVisible()
  expect(await outcome(), "order page").toEqual(unharmed)

  const mails = async () => {
    const { rows } = await foyer.database.owner.query<{ html: string }>(
      "select html from ops.outbox_mail where html like $1",
      [`%${order?.token}%`],
    )
    return rows.map(({ html }) => html)
  }
  await expect.poll(mails).toHaveLength(1)
  await page.goto("about:blank")
  await page.setContent((await mails())[0] ?? "")
  await expect(page.getByText(attack(9)).first()).toBeVisible()
  expect(await outcome(), "mail").toMatchObject({ hacked: "nothing", dialogs: [] })
  const alive = page.locator("script, iframe, math, svg, form, img[src=x], [onload], [onerror]")
  expect(await alive.count()).toBe(0)
  await expectBooks(foyer.database)
})

test("the next purchase has a new cart with a new token, and neither token is stored as it is", async ({
  page,
  foyer,
}) => {
  const club = await foyer.club()
  const shopper = shopperOn(page)
  const token = () =>
    page.evaluate(
      (slug) => JSON.parse(localStorage.getItem(`foyer.v1.${slug}`) ?? "{}").token as string,
      club.slug,
    )
  await page.goto(foyer.pageOf(club))
  await shopper.openEvent("New Year’s Eve Gala")
  await shopper.setQuantity("General admission", 1)
  const first = await token()
  expect(first).toMatch(/^[\w-]{43}$/)
  await shopper.reachPayment()
  await shopper.payByCard()
  await shopper.untilGoing()

  await shopper.widget.getByRole("link", { name: "See more shows" }).click()
  await shopper.openEvent("New Year’s Eve Gala")
  await shopper.setQuantity("General admission", 2)
  const second = await token()
  expect(second).toMatch(/^[\w-]{43}$/)
  expect(second).not.toBe(first)
  const { rows } = await foyer.database.owner.query<{ row: string }>(
    `select row_to_json(c)::text as row from sales.cart c join org.account a on a.id = c.account_id where a.slug = $1`,
    [club.slug],
  )
  expect(rows).toHaveLength(2)
  // Hashed at rest.
  for (const { row } of rows) for (const each of [first, second]) expect(row).not.toContain(each)
  await expectBooks(foyer.database)
})
