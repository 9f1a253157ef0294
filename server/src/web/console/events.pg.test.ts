import { type DefaultTreeAdapterTypes as Tree, parse } from "parse5"
import sharp from "sharp"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type FormFields, formOn } from "#testing/console-form.ts"
import type { LooseFile } from "#testing/catalogue-file.ts"
import { type ConsoleVisitor, newMember, type Seen } from "#testing/console.ts"
import { openWebWorld, type WebShop, type WebWorld } from "#testing/web-world.ts"

let world: WebWorld
beforeAll(async () => (world = await openWebWorld()))
afterAll(() => world[Symbol.asyncDispose]())

type Office = {
  readonly shop: WebShop
  readonly visitor: ConsoleVisitor
  readonly home: string
  /** How often the catalogue was changed. */
  readonly rev: () => Promise<number>
  /** Opens a page, changes some fields of its form and sends it. */
  readonly fill: (path: string, fields: FormFields) => Promise<Seen>
}

/** A club with everything an event can have, and its owner at the console. */
async function office(change: (file: LooseFile) => void = () => {}): Promise<Office> {
  const shop = await world.shop((file) => {
    rich(file)
    change(file)
  })
  const at = { url: world.url, publicUrl: world.app.publicUrl, database: world.database }
  const { visitor } = await newMember(at, shop.accountId, "owner")
  const home = `/console/${shop.slug}/events`
  return {
    shop,
    visitor,
    home,
    async rev() {
      const { rows } = await world.database.owner.query<{ rev: string }>(
        "select catalogue_rev as rev from org.account where id = $1",
        [shop.accountId],
      )
      return Number(rows[0]!.rev)
    },
    async fill(path, fields) {
      const address = `${home}${path}`
      const { text } = await visitor.get(address)
      return visitor.post(address, { ...formOn(text, address), ...fields })
    },
  }
}

function rich(file: LooseFile) {
  const [show] = file.events
  Object.assign(show, {
    summary: "A line",
    description: "A paragraph.\n\nAnother one.",
    category: "Comedy",
    picture: "/media/demo/show.webp",
    pictureAlt: "A stage",
    durationMinutes: 90,
    doorsMinutes: 45,
    salesOpen: "2030-01-01T10:00",
    maxPerOrder: 8,
  })
  show.showtimes[1].differences = [
    { product: "admission", capacity: null, prices: { adult: { cad: "9.00" } } },
  ]
  show.products[0].priceTypes[0].saleEnds = "2030-12-01T10:00"
  show.products[0].description = "Seats are free."
  file.questions.push({
    slug: "heard",
    event: "show",
    label: "How did you hear of us?",
    kind: "choice",
    required: true,
    section: "About you",
    sectionNote: "It helps.",
    help: "One answer.",
    choices: [
      { slug: "friend", title: "A friend", description: "By word of mouth" },
      { slug: "web", title: "The web" },
    ],
  })
}

const forms = [
  "/show",
  "/show/page",
  "/show/questions",
  "/show/fees",
  "/show/add-ons",
  "/show/dates/2030-12-05T20:00",
]
const pages = [
  ...forms,
  "",
  "/new",
  "/show/history",
  "/show/dates",
  "/show/archive",
  "/show/dates/2030-12-05T20:00/cancel",
]

it("changes nothing when a form is sent back as it came", async () => {
  const { fill, rev } = await office()
  const before = await rev()
  for (const path of forms) expect(await fill(path, {}), path).toMatchObject({ status: 303 })
  expect(await rev()).toBe(before)
})

describe("hostile texts", () => {
  it.each([
    "<script>alert(1)</script>",
    `"><img src=x onerror=alert(1)>`,
    "' onmouseover='alert(1)",
    "</textarea></title></style></option></select><svg onload=alert(1)>",
    "<!-- --!> ]]> {{constructor.constructor('alert(1)')()}} ${alert(1)}",
    "\u202eevil\u202c 👩‍👩‍👧‍👦",
  ])("%j stays text on every page, and comes back as it was typed", async (text) => {
    const { visitor, home, fill, rev } = await office((file) => {
      const [show] = file.events
      Object.assign(show, {
        title: text,
        summary: text,
        description: text,
        pictureAlt: text,
        category: text.slice(0, 40),
      })
      Object.assign(show.venue, { name: text, street: text, city: text })
      for (const product of show.products) {
        Object.assign(product, { title: text, description: text })
        for (const each of [...product.priceTypes, ...(product.options ?? [])])
          each.title = `${text} ${each.slug}`
      }
      const question = file.questions.at(-1)
      Object.assign(question, { label: text, section: text, sectionNote: text, help: text })
      for (const choice of question.choices) choice.title = text
      file.account.name = text
      file.widgets[0].title = text
    })
    for (const path of pages) {
      const { status, text: page } = await visitor.get(`${home}${path}`)
      expect(status, path).toBe(200)
      expect(active(page), path).toEqual([])
    }
    const before = await rev()
    for (const path of forms) expect(await fill(path, {}), path).toMatchObject({ status: 303 })
    expect(await rev()).toBe(before)
  })

  it("come back with their faults, and nothing of them is lost", async () => {
    const { fill, rev } = await office()
    const before = await rev()
    const title = `<b>"'&`.repeat(60)
    const seen = await fill("/show/page", { title, "venue.country": "" })
    expect(seen.status).toBe(422)
    expect(active(seen.text)).toEqual([])
    expect(seen.text).toContain("Use at most 200 letters.")
    const [alert] = elements(seen.text).filter((each) => attributeOf(each, "role") === "alert")
    expect(alert).toBeDefined()
    expect(formOn(seen.text, actionOf(seen.text))["title"]).toBe(title)
    expect(await rev()).toBe(before)
  })
})

describe("a form made by hand", () => {
  const names = [
    "__proto__.polluted",
    "constructor.prototype.polluted",
    "products[999999999].title",
    "products[0].__proto__.x",
    "a".repeat(5000),
    "$add",
    "$drop",
    "$theirs",
    "$choice:title",
    "\u0000",
  ]

  it.each(names)("with a field %j is answered in words", async (name) => {
    const { fill, visitor, home, rev } = await office()
    const before = await rev()
    for (const value of ["x", "products", "__proto__", "products[0].__proto__", "[".repeat(300)]) {
      for (const path of forms) {
        const { status } = await fill(path, { [name]: value })
        expect([200, 303, 409, 422], `${path} ${value}`).toContain(status)
      }
      const { status } = await visitor.post(`${home}/show`, { [name]: value, base: value })
      expect([200, 409, 422]).toContain(status)
    }
    expect(await rev()).toBe(before)
    expect(({} as { polluted?: string }).polluted).toBeUndefined()
  })

  it("about what is not there is answered so", async () => {
    const { visitor, home } = await office()
    for (const path of [
      "/none",
      "/none/page",
      "/none/dates",
      "/none/archive",
      "/show/dates/2001-01-01T00:00",
      "/show/dates/x",
      "/..%2f",
    ])
      expect((await visitor.get(`${home}${path}`)).status, path).toBe(404)
    for (const path of ["/none", "/none/page", "/none/do", "/show/dates/2001-01-01T00:00/do"])
      expect(
        (await visitor.post(`${home}${path}`, { do: "pause", base: "null" })).status,
        path,
      ).toBe(404)
  })
})

describe("an upload", () => {
  async function upload(file: Blob, name: string) {
    const { visitor, home } = await office()
    const address = `${home}/show/page`
    const body = new FormData()
    const fields = formOn((await visitor.get(address)).text, address)
    for (const [key, value] of Object.entries(fields)) body.append(key, String(value))
    body.set("title", "Typed by hand")
    body.set("$picture", file, name)
    const seen = await visitor.post(address, body)
    return { seen, page: (await visitor.get(address)).text }
  }

  it("is shown from then on", async () => {
    const create = { width: 800, height: 450, channels: 3 as const, background: "#d9482b" }
    const bytes = await sharp({ create }).jpeg().toBuffer()
    const { seen, page } = await upload(new Blob([new Uint8Array(bytes)]), "photo.jpg")
    expect(seen.status).toBe(303)
    const [, path] = /src="(\/media\/account\/[^"]+)"/.exec(page) ?? []
    const picture = await world.get(path!.replaceAll("&amp;", "&"))
    expect(picture.headers.get("content-type")).toBe("image/webp")
    expect((await sharp(await picture.arrayBuffer()).metadata()).width).toBe(480)
  })

  it.each([
    [
      "an SVG",
      "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
      "x.svg",
      "no picture that can be shown",
    ],
    ["a page", "<!doctype html>", "x.jpg", "no picture that can be shown"],
    ["a broken one", "\xff\xd8\xff\xe0 broken", "x.jpg", "is damaged"],
  ])(
    "of %s is refused at its field, and what was typed stays",
    async (_, content, name, message) => {
      const { seen } = await upload(new Blob([Buffer.from(content, "latin1")]), name)
      expect(seen.status).toBe(422)
      expect(seen.text).toContain(message)
      expect(seen.text).toContain("Typed by hand")
    },
  )

  it("of an add-on is kept over a new row, shown, and taken away", async () => {
    const { visitor, home } = await office()
    const address = `${home}/show/add-ons`
    const send = async (more: Readonly<Record<string, string | Blob>>) => {
      const body = new FormData()
      const page = { ...formOn((await visitor.get(address)).text, address), ...more }
      for (const [name, value] of Object.entries(page))
        body.append(name, value instanceof Blob ? value : String(value))
      return visitor.post(address, body)
    }
    const create = { width: 300, height: 300, channels: 3 as const, background: "#d9482b" }
    const bytes = await sharp({ create }).png().toBuffer()
    const file = { "products[0].$picture": new Blob([new Uint8Array(bytes)]) }
    const more = await send({ ...file, $add: "products" })
    const path = formOn(more.text, address)["products[0].picture"]
    expect(path).toMatch(/^\/media\/account\//)
    expect((await send(file)).status).toBe(303)
    expect((await visitor.get(address)).text).toContain(`src="${String(path)}?w=480"`)
    const fake = await send({ "products[0].$picture": new Blob(["<svg/>"]) })
    expect(fake.status).toBe(422)
    expect(fake.text).toContain("no picture that can be shown")
    expect((await send({ "products[0].$unpicture": "yes" })).status).toBe(303)
    expect(formOn((await visitor.get(address)).text, address)["products[0].picture"]).toBe("")
  })

  it("of 30 MB is refused before it is read", async () => {
    const { visitor, home } = await office()
    const body = new FormData()
    body.set("$picture", new Blob([new Uint8Array(30_000_000)]), "large.jpg")
    const seen = await visitor.post(`${home}/show/page`, body)
    expect(seen.status).toBe(413)
    expect(seen.text).toContain("That is too much at once")
  })
})

it("refuses a capacity below what is held, with the numbers, at its field", async () => {
  const { shop, fill } = await office((file) => {
    delete file.events[0].salesOpen
    delete file.events[0].products[0].priceTypes[0].saleEnds
  })
  const page = await world.page(shop)
  await page.send("set-quantity", { price: shop.price, quantity: 3 })
  const seen = await fill("/show", { "products[0].capacity": "2" })
  expect(seen.status).toBe(422)
  expect(seen.text).toContain("0 are sold and 3 held for Tue 3 Dec 2030, 19:30: choose 3 or more.")
  const wide = await fill("/show", { "products[0].capacity": "3" })
  expect(wide.status).toBe(303)
})

it("adds and takes away rows without saving", async () => {
  const { fill, rev, home } = await office()
  const before = await rev()
  const more = await fill("/show", { $add: "products", "products[0].title": "Typed" })
  expect(more.status).toBe(200)
  const form = formOn(more.text, `${home}/show`)
  expect(form["products[1].title"]).toBe("")
  expect(form["products[0].title"]).toBe("Typed")
  const less = await fill("/show", { $drop: "products[0].priceTypes[0]" })
  expect(formOn(less.text, `${home}/show`)["products[0].priceTypes[0].slug"]).toBe("any")
  const deep = await fill("/show/add-ons", { $add: "products[0].options[0].values" })
  expect(formOn(deep.text, `${home}/show/add-ons`)["products[0].options[0].values[2].title"]).toBe(
    "",
  )
  expect(await rev()).toBe(before)
})

it("sets a new row beside what somebody else has changed, and takes both when that is chosen", async () => {
  const { visitor, home, fill } = await office()
  const address = `${home}/show`
  const mine = formOn((await visitor.get(address)).text, address)
  await fill("/show", { "products[0].capacity": "90" })
  const row = { "products[1].title": "Balcony", "products[1].priceTypes[0].prices.cad": "9.00" }
  const seen = await visitor.post(address, { ...mine, ...row })
  expect(seen.status).toBe(409)
  expect(seen.text).toContain("A owner changed this while you had it open.")
  const form = formOn(seen.text, address)
  expect(form["$choice:products.balcony"]).toBe("mine")
  expect(form["$choice:products.admission.capacity"]).toBe("theirs")
  expect(await visitor.post(address, form)).toMatchObject({ status: 303 })
  const after = formOn((await visitor.get(address)).text, address)
  expect(after["products[0].capacity"]).toBe("90")
  expect(after["products[1].title"]).toBe("Balcony")
})

it("keeps a choice open over a new row, and over what is wrong in what was chosen", async () => {
  const { visitor, home, fill } = await office()
  const address = `${home}/show`
  const mine = formOn((await visitor.get(address)).text, address)
  const price = "products.admission.priceTypes.adult.prices.cad"
  const field = "products[0].priceTypes[0].prices.cad"
  await fill("/show", { [field]: "20.00", "products[0].capacity": "90" })
  const asked = await visitor.post(address, { ...mine, [field]: "dear" })
  const open = { ...formOn(asked.text, address), [`$choice:${price}`]: "mine" }
  const more = formOn((await visitor.post(address, { ...open, $add: "products" })).text, address)
  expect(more).toMatchObject({
    "products[1].title": "",
    [`$choice:${price}`]: "mine",
    "$choice:products.admission.capacity": "theirs",
  })
  const wrong = await visitor.post(address, open)
  expect(wrong.status).toBe(422)
  const mended = formOn(wrong.text, address)
  expect(mended).toMatchObject({ [field]: "dear", "products[0].capacity": "90" })
  expect((await visitor.post(address, { ...mended, [field]: "21.00" })).status).toBe(303)
  const after = formOn((await visitor.get(address)).text, address)
  expect(after).toMatchObject({ [field]: "21.00", "products[0].capacity": "90" })
})

it("lets who may only look look, with nothing to save", async () => {
  const { shop, home } = await office()
  const at = { url: world.url, publicUrl: world.app.publicUrl, database: world.database }
  const { visitor } = await newMember(at, shop.accountId, "box-office")
  for (const path of forms.slice(0, 5)) {
    const { status, text } = await visitor.get(`${home}${path}`)
    expect(status).toBe(200)
    expect(text).not.toContain("Save changes</button> </div>")
    const fieldsets = elements(text).filter(({ tagName }) => tagName === "fieldset")
    expect(
      fieldsets.some((each) => attributeOf(each, "disabled") !== undefined),
      path,
    ).toBe(true)
  }
})

/** Everything in a page that could run: scripts but our own, handlers, addresses that are programs. */
function active(page: string): string[] {
  return elements(page).flatMap((each) => {
    const handlers = each.attrs.filter(({ name }) => name.startsWith("on"))
    const addresses = each.attrs.filter(
      ({ name, value }) =>
        /^(href|src|action|formaction)$/.test(name) && /^\s*(javascript|data):/i.test(value),
    )
    const isForeign =
      (each.tagName === "script" && attributeOf(each, "src") !== "/console/assets/console.js") ||
      ["iframe", "object", "embed", "base", "style"].includes(each.tagName)
    return [
      ...(isForeign ? [each.tagName] : []),
      ...[...handlers, ...addresses].map(({ name, value }) => `${name}=${value}`),
    ]
  })
}

function elements(page: string): Tree.Element[] {
  const all = (node: Tree.ParentNode): Tree.Element[] =>
    node.childNodes.flatMap((child) => ("tagName" in child ? [child, ...all(child)] : []))
  return all(parse(page))
}

function attributeOf(element: Tree.Element, name: string): string | undefined {
  return element.attrs.find((each) => each.name === name)?.value
}

/** Where the page's large form leads. */
function actionOf(page: string): string {
  const form = elements(page).find((each) => attributeOf(each, "id") === "event-form")
  return (form && attributeOf(form, "action")) ?? ""
}
