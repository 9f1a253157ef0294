import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { personName } from "#core/person.ts"
import {
  anEmail,
  aVisitor,
  type ConsoleVisitor,
  goodPassword,
  mailTo,
  newMember,
  newPerson,
} from "#testing/console.ts"
import { openWebWorld, startWebApp, type WebWorld } from "#testing/web-world.ts"

let world: WebWorld
let at: {
  readonly url: string
  readonly publicUrl: string
  readonly database: WebWorld["database"]
}
beforeAll(async () => {
  world = await openWebWorld()
  at = { url: world.url, publicUrl: world.app.publicUrl, database: world.database }
})
afterAll(() => world[Symbol.asyncDispose]())

const wrongPassword = "wrong horse battery"

async function linkTo(email: string, after = 0): Promise<string> {
  const { text } = await mailTo(world.database, email, after)
  return /https?:\/\/[^/]+(\/console\/\S+)/.exec(text)![1]!
}

const tokenOf = (link: string) => new URL(link, world.url).searchParams.get("token")!

/** How many kept cookies say who somebody is. */
const isSignedIn = async (visitor: ConsoleVisitor) =>
  (await visitor.get("/console")).to !== "/console/sign-in"

describe("signing up", () => {
  it("signs in at once and leads to the first organization", async () => {
    const { visitor } = await newPerson(at)
    expect((await visitor.get("/console")).to).toBe("/console/new")
    const page = await visitor.get("/console/new")
    expect(page.status).toBe(200)
    expect(page.text).toContain("Please confirm the address")
  })

  it("says at each field what is missing, and keeps what was typed but the password", async () => {
    const seen = await aVisitor(at).post("/console/sign-up", {
      name: " ",
      email: "dana(at)club.example",
      password: "too short",
    })
    expect(seen.status).toBe(422)
    for (const words of [
      "Tell us your name.",
      "Check the e-mail address",
      "at least 10 characters",
    ])
      expect(seen.text).toContain(words)
    expect(seen.text).toContain('value="dana(at)club.example"')
    expect(seen.text).not.toContain("too short")
  })

  it("with an address and password that are known signs in, with another password does not", async () => {
    const { email } = await newPerson(at)
    const again = { name: "Dana", email: email.toUpperCase(), password: goodPassword }
    const one = aVisitor(at)
    expect((await one.post("/console/sign-up", again)).status).toBe(303)
    expect(await isSignedIn(one)).toBe(true)
    const other = aVisitor(at)
    const seen = await other.post("/console/sign-up", { ...again, password: wrongPassword })
    expect(seen.status).toBe(422)
    expect(await isSignedIn(other)).toBe(false)
  })

  it("asks kindly whether the address is theirs; the link counts once, and only by its button", async () => {
    const { visitor, email } = await newPerson(at)
    const link = await linkTo(email)
    const verified = async () =>
      (
        await world.database.owner.query(
          "select email_verified from auth.person where email = $1",
          [email],
        )
      ).rows[0].email_verified
    expect((await aVisitor(at).get(link)).status).toBe(200)
    expect(await verified()).toBe(false)
    expect((await visitor.post("/console/verify", { token: tokenOf(link) })).status).toBe(303)
    expect(await verified()).toBe(true)
    expect((await visitor.post("/console/verify", { token: tokenOf(link) })).status).toBe(410)
    expect((await visitor.get("/console/new")).text).toContain("your address is confirmed")
  })

  it("asks again for who got no mail or came too late, a few times; not who has answered", async () => {
    const { visitor, email } = await newPerson(at)
    const first = await linkTo(email)
    expect((await visitor.get("/console/new")).text).toContain('href="/console/verify/again"')
    const stale = await visitor.post("/console/verify", { token: "too-old" })
    expect(stale.text).toContain('href="/console/verify/again"')
    expect((await visitor.get("/console/verify/again")).text).toContain(email)
    let last = first
    for (const sent of [1, 2, 3]) {
      expect((await visitor.post("/console/verify/again")).to).toBe("/console/verify/again")
      last = await linkTo(email, sent)
    }
    expect((await visitor.post("/console/verify/again")).status).toBe(429)
    expect(last).not.toBe(first)
    expect((await visitor.post("/console/verify", { token: tokenOf(last) })).status).toBe(303)
    expect((await visitor.get("/console/verify/again")).text).toContain("There is nothing to do")
    expect((await aVisitor(at).get("/console/verify/again")).to).toContain("/console/sign-in")
  })

  it("takes any name on one line, shows it as text and mails it as words", async () => {
    const hostile = `<img src=x onerror=alert(1)>\r\nBcc: all@club.example\u202e ${"é".repeat(200)}`
    const { visitor, email } = await newPerson(at, { name: hostile })
    const mail = await mailTo(world.database, email)
    expect(mail.subject).not.toMatch(/[\r\n]/)
    expect(mail.html).not.toContain("<img src=x")
    expect((await visitor.get("/console/new")).text).not.toContain("<img src=x")
    const { rows } = await world.database.owner.query(
      "select name from auth.person where email = $1",
      [email],
    )
    expect(rows[0].name).toBe(personName(hostile))
  })
})

describe("signing in", () => {
  it("leads to the first page of that role", async () => {
    const shop = await world.shop()
    const { visitor } = await newMember(at, shop.accountId, "marketer")
    expect((await visitor.get("/console")).to).toBe(`/console/${shop.slug}/reports`)
    expect((await visitor.get(`/console/${shop.slug}`)).to).toBe(`/console/${shop.slug}/reports`)
  })

  it("out and in again", async () => {
    const { visitor, email } = await newPerson(at)
    const before = visitor.cookie()
    expect((await visitor.post("/console/sign-out")).to).toBe("/console/sign-in")
    expect(await isSignedIn(visitor)).toBe(false)
    // The old cookie is worth nothing even to who kept it.
    const thief = await fetch(`${world.url}/console`, {
      headers: { cookie: before },
      redirect: "manual",
    })
    expect(thief.headers.get("location")).toBe("/console/sign-in")
    expect(
      (await visitor.post("/console/sign-in", { email, password: wrongPassword })).status,
    ).toBe(422)
    const to = "/console/new?from=mail"
    expect((await visitor.post("/console/sign-in", { email, password: goodPassword, to })).to).toBe(
      to,
    )
    expect(await isSignedIn(visitor)).toBe(true)
  })

  it.for([
    "https://evil.example/console",
    "//evil.example/console",
    "/\\evil.example/console",
    "/console/../orders/x",
    "/consoles",
    "javascript:alert(1)",
    "/console\n.evil.example",
  ])("leads nowhere but into the console: %s", async (to) => {
    const { email } = await newPerson(at)
    const visitor = aVisitor(at)
    expect((await visitor.post("/console/sign-in", { email, password: goodPassword, to })).to).toBe(
      "/console",
    )
    expect(
      (await aVisitor(at).get(`/console/sign-in?${new URLSearchParams({ to }).toString()}`)).text,
    ).toContain('name="to" value="/console"')
  })

  it("of nobody and with a wrong password look the same", async () => {
    const { email } = await newPerson(at)
    const other = anEmail()
    const [known, unknown] = await Promise.all(
      [email, other].map((each) =>
        aVisitor(at).post("/console/sign-in", { email: each, password: wrongPassword }),
      ),
    )
    expect(known!.text.replaceAll(email, "")).toBe(unknown!.text.replaceAll(other, ""))
    expect([known!.status, unknown!.status]).toEqual([422, 422])
  })

  it("is refused after ten wrong guesses, to this address alone, and a right one costs nothing", async () => {
    const { email } = await newPerson(at)
    const guesser = aVisitor(at)
    for (let guess = 0; guess < 10; guess += 1)
      await guesser.post("/console/sign-in", { email, password: wrongPassword })
    const refused = await guesser.post("/console/sign-in", { email, password: goodPassword })
    expect(refused.status).toBe(429)
    expect(refused.headers.get("retry-after")).toBe("600")
    const owner = aVisitor(at)
    for (let visit = 0; visit < 15; visit += 1)
      expect((await owner.post("/console/sign-in", { email, password: goodPassword })).status).toBe(
        303,
      )
  })

  it("lets the owner in although strangers at a few addresses guess as much as they can", async () => {
    const { email } = await newPerson(at)
    const guess = { email, password: wrongPassword }
    for (const network of ["2001:db8:a:1", "2001:db8:a:2"]) {
      const seen = []
      for (let each = 0; each < 55; each += 1)
        seen.push(
          (await aVisitor(at, `${network}::${each}`).post("/console/sign-in", guess)).status,
        )
      expect(seen.filter((status) => status === 422)).toHaveLength(10)
    }
    const entered = await aVisitor(at).post("/console/sign-in", { email, password: goodPassword })
    expect(entered.status).toBe(303)
  })

  it.for(["o'brien+club", "a.b_c-d", "1"])("takes %s as the name of an address", async (name) => {
    const email = anEmail(name)
    await newPerson(at, { email })
    const seen = await aVisitor(at).post("/console/sign-in", { email, password: goodPassword })
    expect(seen.status).toBe(303)
  })

  it("finds an address however its domain is written", async () => {
    const email = anEmail().replace("club", "Müller")
    await newPerson(at, { email })
    const ascii = email.toLowerCase().replace("müller", "xn--mller-kva")
    const seen = await aVisitor(at).post("/console/sign-in", {
      email: ascii,
      password: goodPassword,
    })
    expect(seen.status).toBe(303)
  })

  it("lasts as long as it is used, and ends after 30 days without", async () => {
    const { visitor, email } = await newPerson(at)
    const sessionOf = `auth.session where person_id = (select id from auth.person where email = $1)`
    const setTo = (expiry: string) =>
      world.database.owner.query(
        `update auth.session set expires_at = now() + $2::interval where person_id = (select id from auth.person where email = $1)`,
        [email, expiry],
      )
    await setTo("3 days")
    const before = visitor.cookie()
    const used = await visitor.get("/console/new")
    expect(used.headers.getSetCookie().join()).toContain("foyer-session")
    expect(visitor.cookie()).toBe(before)
    const { rows } = await world.database.owner.query(
      `select expires_at > now() + interval '29 days' as renewed from ${sessionOf}`,
      [email],
    )
    expect(rows).toEqual([{ renewed: true }])
    await setTo("-1 second")
    expect(await isSignedIn(visitor)).toBe(false)
  })

  it("outlives the server that it was done at", async () => {
    const { visitor } = await newPerson(at)
    await using other = await startWebApp(world.database.url, {})
    const seen = await fetch(`http://127.0.0.1:${other.port}/console`, {
      headers: { cookie: visitor.cookie() },
      redirect: "manual",
    })
    expect(seen.headers.get("location")).toBe("/console/new")
  })

  it("keeps its cookie from scripts and other sites, and over TLS from everything plain", async () => {
    const body = new URLSearchParams({ name: "D", email: anEmail(), password: goodPassword })
    const headers = { "sec-fetch-site": "same-origin" }
    const plain = await fetch(`${world.url}/console/sign-up`, {
      method: "POST",
      body,
      headers,
      redirect: "manual",
    })
    expect(plain.headers.getSetCookie()).toEqual([
      expect.stringMatching(
        /^foyer-session=[^;]+; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/i,
      ),
    ])
    await using tls = await startWebApp(world.database.url, {
      PUBLIC_URL: "https://tickets.example",
      FOYER_SANDBOX: "1",
      SANDBOX_PORT: "49177",
    })
    body.set("email", anEmail())
    const secure = await fetch(`http://127.0.0.1:${tls.port}/console/sign-up`, {
      method: "POST",
      body,
      headers,
      redirect: "manual",
    })
    const [cookie = ""] = secure.headers.getSetCookie()
    expect(cookie).toMatch(/^__Host-foyer-session=/)
    expect(cookie.split("; ")).toEqual(expect.arrayContaining(["Secure", "HttpOnly", "Path=/"]))
    expect(cookie).not.toMatch(/domain/i)
  })
})

describe("a forgotten password", () => {
  it("is replaced by a mailed link, once, and everybody else is signed out", async () => {
    const { visitor, email } = await newPerson(at)
    await aVisitor(at).post("/console/forgot", { email: email.toUpperCase() })
    const link = await linkTo(email, 1)
    const reader = aVisitor(at)
    expect((await reader.get(link)).text).toContain("Choose a new password")
    const token = tokenOf(link)
    const password = "another horse altogether"
    expect((await reader.post("/console/reset", { token, password: "short" })).status).toBe(422)
    expect((await reader.post("/console/reset", { token, password })).to).toBe("/console/sign-in")
    expect((await reader.get("/console/sign-in")).text).toContain("Your password is changed")
    expect((await reader.post("/console/reset", { token, password })).status).toBe(410)
    expect(await isSignedIn(visitor)).toBe(false)
    expect((await reader.post("/console/sign-in", { email, password: goodPassword })).status).toBe(
      422,
    )
    expect((await reader.post("/console/sign-in", { email, password })).status).toBe(303)
  })

  it("of an address that nobody has gets the same answer, and no mail", async () => {
    const { email } = await newPerson(at)
    const nobody = anEmail("nobody")
    const [known, unknown] = await Promise.all(
      [email, nobody].map((each) => aVisitor(at).post("/console/forgot", { email: each })),
    )
    expect(known!.text.replaceAll(email, "")).toBe(unknown!.text.replaceAll(nobody, ""))
    expect(unknown!.text).toContain("If there is an account")
    await mailTo(world.database, email, 1)
    const { rows } = await world.database.owner.query(
      "select 1 from ops.outbox_mail where to_address = $1",
      [nobody],
    )
    expect(rows).toEqual([])
  })

  it("keeps no token that opens anything: only its hash", async () => {
    const { email } = await newPerson(at)
    await aVisitor(at).post("/console/forgot", { email })
    const token = tokenOf(await linkTo(email, 1))
    const { rows } = await world.database.owner.query(
      "select 1 from auth.verification where identifier like '%' || $1 || '%' or value like '%' || $1 || '%'",
      [token],
    )
    expect(rows).toEqual([])
    const jobs = await world.database.owner.query(
      "select 1 from pgboss.job where data::text like '%' || $1 || '%'",
      [token],
    )
    expect(jobs.rows).toEqual([])
  })

  it("is mailed five times an hour to one address at most", async () => {
    const email = anEmail()
    const seen = []
    for (let ask = 0; ask < 6; ask += 1)
      seen.push((await aVisitor(at).post("/console/forgot", { email })).status)
    expect(seen).toEqual([200, 200, 200, 200, 200, 429])
  })

  it("has a link that lapses after an hour", async () => {
    const { email } = await newPerson(at)
    await aVisitor(at).post("/console/forgot", { email })
    const token = tokenOf(await linkTo(email, 1))
    await world.database.owner.query(
      "update auth.verification v set expires_at = now() - interval '1 second' from auth.person p where v.value = p.id::text and p.email = $1",
      [email],
    )
    const seen = await aVisitor(at).post("/console/reset", {
      token,
      password: "another horse altogether",
    })
    expect(seen.status).toBe(410)
  })
})

describe("a session that ends in the middle of a form", () => {
  it("keeps everything that was typed, and hands it back to where it was going", async () => {
    const shop = await world.shop()
    const { visitor, email } = await newMember(at, shop.accountId, "owner")
    await world.database.owner.query(
      "delete from auth.session where person_id = (select id from auth.person where email = $1)",
      [email],
    )
    const path = `/console/${shop.slug}/settings/team/invitations`
    const invited = anEmail("maya")
    const typed = {
      email: invited,
      role: "marketer",
      note: 'Zoë\n"quoted" <b>&amp; more</b>',
      many: ["1", "2"],
    }
    const asked = await visitor.post(path, typed)
    expect(asked.status).toBe(401)
    expect(asked.text).toContain("What you typed is kept")
    const kept = hiddenValue(asked.text, "kept")
    const wrong = await visitor.post("/console/sign-in", {
      email,
      password: wrongPassword,
      kept,
      to: path,
    })
    expect(hiddenValue(wrong.text, "kept")).toBe(kept)
    const back = await visitor.post("/console/sign-in", {
      email,
      password: goodPassword,
      kept,
      to: path,
    })
    expect(back.status).toBe(200)
    expect(back.text).toContain(`action="${path}"`)
    expect(fieldsOf(back.text)).toEqual([
      ["email", invited],
      ["role", "marketer"],
      ["note", typed.note],
      ["many", "1"],
      ["many", "2"],
    ])
    expect((await visitor.post(path, typed)).to).toBe(`/console/${shop.slug}/settings/team`)
    expect((await mailTo(world.database, invited)).subject).toContain("invites you")
  })

  it("keeps as much as a form may have, though quotes and lines take twice the place", async () => {
    const { email } = await newPerson(at)
    const visitor = aVisitor(at)
    const text = '"a"\n'.repeat(240_000)
    const asked = await visitor.post("/console/some-club/events/new", { text })
    const kept = hiddenValue(asked.text, "kept")
    expect(kept.length).toBeGreaterThan(1_000_000)
    const back = await visitor.post("/console/sign-in", { email, password: goodPassword, kept })
    expect(back.status).toBe(200)
    expect(fieldsOf(back.text)).toEqual([["text", text]])
  })

  it("says which files to choose again", async () => {
    const form = new FormData()
    form.set("title", "Friday night")
    form.set("picture", new File(["x".repeat(1000)], "poster.png", { type: "image/png" }))
    const visitor = aVisitor(at)
    const asked = await visitor.post("/console/some-club/events/new", form)
    const { email } = await newPerson(at)
    const kept = hiddenValue(asked.text, "kept")
    const back = await visitor.post("/console/sign-in", { email, password: goodPassword, kept })
    expect(back.text).toContain("poster.png")
    expect(fieldsOf(back.text)).toEqual([["title", "Friday night"]])
  })

  it("brings nothing back that leads out of the console or is no form", async () => {
    const { email } = await newPerson(at)
    for (const kept of [
      "null",
      "[]",
      "{",
      '{"action":"https://evil.example/","fields":[],"lostFiles":[]}',
      '{"action":"/console/x","fields":[["a",1]],"lostFiles":[]}',
      '{"action":"/console/x","fields":{"__proto__":[]}}',
    ]) {
      const seen = await aVisitor(at).post("/console/sign-in", {
        email,
        password: goodPassword,
        kept,
      })
      expect([seen.status, seen.to]).toEqual([303, "/console"])
    }
  })

  it("of a page leads back to the page", async () => {
    const path = "/console/some-club/orders?q=1"
    expect((await aVisitor(at).get(path)).to).toBe(
      `/console/sign-in?to=${encodeURIComponent(path)}`,
    )
  })
})

describe("a form from elsewhere", () => {
  it.for([
    [{ "sec-fetch-site": "cross-site" }, 403],
    [{ "sec-fetch-site": "same-site" }, 403],
    [{ "sec-fetch-site": "none" }, 403],
    [{ origin: "https://evil.example" }, 403],
    [{ origin: "null" }, 403],
    [{ origin: "" }, 403],
    [{ "sec-fetch-site": "same-origin", origin: "null" }, 303],
  ] as const)("with %j answers %i", async ([headers, status]) => {
    const { visitor } = await newPerson(at)
    expect((await visitor.post("/console/sign-out", {}, headers)).status).toBe(status)
    expect(await isSignedIn(visitor)).toBe(status !== 303)
  })

  it("that is too large is refused in words", async () => {
    const big = new FormData()
    big.set("file", new File([new Uint8Array(10_000_001)], "big.png"))
    for (const body of [{ name: "x".repeat(1_000_001) }, big]) {
      const seen = await aVisitor(at).post("/console/sign-up", body)
      expect(seen.status).toBe(413)
      expect(seen.text).toContain("too much at once")
    }
  })

  it("that is no form is an empty one", async () => {
    for (const type of [
      "application/json",
      "multipart/form-data; boundary=x",
      "multipart/form-data",
    ]) {
      const response = await fetch(`${world.url}/console/sign-in`, {
        method: "POST",
        body: "--x\r\nbroken",
        headers: { "content-type": type, origin: world.app.publicUrl },
      })
      expect(response.status).toBe(422)
    }
  })
})

it("lets nothing of a page be kept, framed or told to others", async () => {
  const seen = await aVisitor(at).get("/console/sign-in")
  expect(Object.fromEntries(seen.headers)).toMatchObject({
    "cache-control": "private, no-store",
    "content-security-policy": expect.stringContaining("frame-ancestors 'none'"),
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "x-robots-tag": "noindex",
  })
  expect(seen.text).not.toContain("Look around the demo")
})

it("serves nothing of sign-in's own interface", async () => {
  for (const path of ["/api/auth/get-session", "/api/auth/sign-in/email", "/get-session"])
    expect((await fetch(`${world.url}${path}`, { method: "POST" })).status).toBe(404)
})

/** The value of a hidden field, as a browser reads it. */
function hiddenValue(page: string, name: string): string {
  return unescaped(new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? "")
}

/** Names and values of the form that a page hands back. */
function fieldsOf(page: string): (readonly [string, string])[] {
  const form = /<form method="post" action="[^"]*">(.*?)<\/form>/s.exec(page)?.[1] ?? ""
  return [...form.matchAll(/name="([^"]*)"(?: value="([^"]*)"| hidden>\s?\n([^<]*)<)/g)].map(
    ([, name = "", value, area]) => [unescaped(name), unescaped(value ?? area ?? "")] as const,
  )
}

function unescaped(text: string): string {
  return text.replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
}
