import { afterAll, beforeAll, describe, expect, it } from "vitest"
import {
  anEmail,
  aVisitor,
  type ConsoleVisitor,
  goodPassword,
  mailTo,
  newMember,
  newPerson,
} from "#testing/console.ts"
import { openWebWorld, type WebShop, type WebWorld } from "#testing/web-world.ts"

let world: WebWorld
let at: {
  readonly url: string
  readonly publicUrl: string
  readonly database: WebWorld["database"]
}
let shop: WebShop
let owner: Awaited<ReturnType<typeof newMember>>
let team: string
beforeAll(async () => {
  world = await openWebWorld()
  at = { url: world.url, publicUrl: world.app.publicUrl, database: world.database }
  shop = await world.shop()
  owner = await newMember(at, shop.accountId, "owner")
  team = `/console/${shop.slug}/settings/team`
})
afterAll(() => world[Symbol.asyncDispose]())

const invite = (email: string, role = "marketer", by: ConsoleVisitor = owner.visitor) =>
  by.post(`${team}/invitations`, { email, role })

/** The path of the link in the newest mail to somebody, once the job has sent it. */
async function linkTo(email: string, after = 0): Promise<string> {
  const mail = await mailTo(world.database, email, after)
  return /https?:\/\/[^/]+(\/console\/\S+)/.exec(mail.text)![1]!
}

async function rolesOf(email: string) {
  const { rows } = await world.database.owner.query<{ role: string }>(
    `select role from org.member m join auth.person p on p.id = m.person_id where p.email = $1 and m.account_id = $2`,
    [email, shop.accountId],
  )
  return rows.map(({ role }) => role)
}

async function history() {
  const { rows } = await world.database.owner.query(
    `select action, subject, before, after from org.audit where account_id = $1 order by pos`,
    [shop.accountId],
  )
  return rows as { action: string; subject: string; before: unknown; after: unknown }[]
}

describe("an invitation", () => {
  it("makes who is new a person and a member by one form, their address confirmed", async () => {
    const email = anEmail("maya")
    expect((await invite(email)).to).toBe(team)
    const link = await linkTo(email)
    const visitor = aVisitor(at)
    const form = await visitor.get(link)
    expect(form.text).toContain("Create account and join")
    const joined = await visitor.post(link, { name: "Maya Ortiz", password: goodPassword })
    expect(joined.to).toBe(`/console/${shop.slug}`)
    expect((await visitor.get(joined.to!)).to).toBe(`/console/${shop.slug}/reports`)
    expect(await rolesOf(email)).toEqual(["marketer"])
    const { rows } = await world.database.owner.query(
      "select name, email_verified from auth.person where email = $1",
      [email],
    )
    expect(rows).toEqual([{ name: "Maya Ortiz", email_verified: true }])
    expect((await history()).filter(({ subject }) => subject === `member:${email}`)).toEqual([
      {
        action: "member.invited",
        subject: `member:${email}`,
        before: null,
        after: { role: "marketer" },
      },
      {
        action: "member.joined",
        subject: `member:${email}`,
        before: null,
        after: { role: "marketer" },
      },
    ])
  })

  it("is good once", async () => {
    const email = anEmail()
    await invite(email)
    const link = await linkTo(email)
    await aVisitor(at).post(link, { name: "Once", password: goodPassword })
    const again = await aVisitor(at).post(link, { name: "Twice", password: goodPassword })
    expect(again.status).toBe(410)
    expect((await aVisitor(at).get(link)).status).toBe(410)
  })

  it("lets who has an account sign in, and asks for nothing who is signed in", async () => {
    const one = await newPerson(at)
    const two = await newPerson(at)
    await invite(one.email, "finance")
    await invite(two.email, "box-office")
    const oneLink = await linkTo(one.email, 1)
    const fresh = aVisitor(at)
    expect((await fresh.get(oneLink)).text).toContain("Sign in and join")
    expect((await fresh.post(oneLink, { password: "not the right one" })).status).toBe(422)
    expect((await fresh.post(oneLink, { password: goodPassword })).status).toBe(303)
    const twoLink = await linkTo(two.email, 1)
    expect((await two.visitor.post(twoLink)).status).toBe(303)
    expect([await rolesOf(one.email), await rolesOf(two.email)]).toEqual([
      ["finance"],
      ["box-office"],
    ])
  })

  it("is not for somebody else who is signed in", async () => {
    const email = anEmail()
    await invite(email)
    const link = await linkTo(email)
    const other = await newPerson(at)
    const seen = await other.visitor.post(link)
    expect(seen.text).toContain(`The invitation is for ${email}`)
    expect(await rolesOf(other.email)).toEqual([])
    expect((await aVisitor(at).get(link)).status).toBe(200)
  })

  it("that is withdrawn or replaced opens nothing", async () => {
    const email = anEmail()
    await invite(email)
    const first = await linkTo(email)
    await invite(email, "finance")
    const second = await linkTo(email, 1)
    expect((await aVisitor(at).get(first)).status).toBe(410)
    const { rows } = await world.database.owner.query<{ id: string }>(
      "select id from org.invitation where email = $1 and withdrawn_at is null",
      [email],
    )
    expect(rows).toHaveLength(1)
    await owner.visitor.post(`${team}/invitations/${rows[0]!.id}/withdraw`)
    expect((await aVisitor(at).post(second, { name: "Late", password: goodPassword })).status).toBe(
      410,
    )
    expect((await owner.visitor.post(`${team}/invitations/${rows[0]!.id}/withdraw`)).status).toBe(
      404,
    )
  })

  it("lapses after seven days", async () => {
    const email = anEmail()
    await invite(email)
    const link = await linkTo(email)
    await world.database.owner.query(
      "update org.invitation set expires_at = clock_timestamp() - interval '1 second' where email = $1",
      [email],
    )
    expect((await aVisitor(at).post(link, { name: "Late", password: goodPassword })).status).toBe(
      410,
    )
    expect((await owner.visitor.get(team)).text).toContain("Lapsed: invite again")
  })

  it("to who is a member already, to no address or as no role is refused with what was typed", async () => {
    const member = await newMember(at, shop.accountId, "finance")
    const seen = await Promise.all([
      invite(member.email),
      invite("not an address"),
      invite('"><script>@club.example'),
      invite(anEmail(), "emperor"),
      invite("dana@club.example\r\nBcc: everybody@club.example"),
    ])
    expect(seen.map(({ status }) => status)).toEqual([422, 422, 422, 422, 422])
    expect(seen[1]!.text).toContain('value="not an address"')
    expect(seen[2]!.text).not.toContain("<script>@")
  })
})

describe("the team", () => {
  it("gives a member another role from the next click, and none", async () => {
    const member = await newMember(at, shop.accountId, "marketer")
    const page = `/console/${shop.slug}/settings/audit`
    expect((await member.visitor.get(page)).status).toBe(403)
    await owner.visitor.post(`${team}/members/${member.id}/role`, { role: "manager" })
    expect((await member.visitor.get(page)).status).toBe(200)
    await owner.visitor.post(`${team}/members/${member.id}/remove`)
    expect((await member.visitor.get(page)).status).toBe(404)
    expect((await history()).filter(({ subject }) => subject === `member:${member.email}`)).toEqual(
      [
        expect.objectContaining({
          action: "member.changed",
          before: { role: "marketer" },
          after: { role: "manager" },
        }),
        expect.objectContaining({
          action: "member.removed",
          before: { role: "manager" },
          after: null,
        }),
      ],
    )
  })

  it("whose address is not confirmed is asked again by an owner, a few times", async () => {
    const { visitor, email, id: personId } = await newMember(at, shop.accountId, "manager")
    await linkTo(email)
    const ask = (by: ConsoleVisitor, id = personId) => by.post(`${team}/members/${id}/welcome`)
    expect((await owner.visitor.get(team)).text).toContain(`/members/${personId}/welcome`)
    expect((await ask(visitor)).status).toBe(403)
    const elsewhere = await world.shop()
    const stranger = await newMember(at, elsewhere.accountId, "owner")
    expect((await ask(owner.visitor, stranger.id)).status).toBe(404)
    expect((await ask(owner.visitor)).to).toBe(team)
    const link = await linkTo(email, 1)
    const token = new URL(link, world.url).searchParams.get("token")!
    expect((await visitor.post("/console/verify", { token })).status).toBe(303)
    expect((await ask(owner.visitor)).to).toBe(team)
    const seen = await owner.visitor.get(team)
    expect(seen.text).toContain(`${email} is confirmed already.`)
    expect(seen.text).not.toContain(`/members/${personId}/welcome`)
    await ask(owner.visitor)
    expect((await ask(owner.visitor)).status).toBe(429)
  })

  it("keeps its last owner", async () => {
    for (const [path, fields] of [
      ["remove", {}],
      ["role", { role: "marketer" }],
    ] as const) {
      const seen = await owner.visitor.post(`${team}/members/${owner.id}/${path}`, fields)
      expect(seen.status).toBe(422)
      expect(seen.text).toContain("This is the last owner")
    }
    expect(await rolesOf(owner.email)).toEqual(["owner"])
  })

  it("keeps one owner when two remove each other at the same moment", async () => {
    const other = await world.shop()
    const path = `/console/${other.slug}/settings/team/members`
    const [one, two] = [
      await newMember(at, other.accountId, "owner"),
      await newMember(at, other.accountId, "owner"),
    ]
    await Promise.all([
      one.visitor.post(`${path}/${two.id}/remove`),
      two.visitor.post(`${path}/${one.id}/remove`),
    ])
    const { rows } = await world.database.owner.query(
      "select role from org.member where account_id = $1",
      [other.accountId],
    )
    expect(rows).toEqual([{ role: "owner" }])
  })

  it("of another account cannot be reached through one's own", async () => {
    const other = await world.shop()
    const stranger = await newMember(at, other.accountId, "owner")
    await newMember(at, other.accountId, "owner")
    for (const path of ["remove", "role"])
      expect(
        (await owner.visitor.post(`${team}/members/${stranger.id}/${path}`, { role: "marketer" }))
          .status,
      ).toBe(404)
    expect((await stranger.visitor.get(`/console/${other.slug}/settings/team`)).status).toBe(200)
  })
})

it("shows who changed what, and nobody can change it", async () => {
  const member = await newMember(at, shop.accountId, "finance")
  await owner.visitor.post(`${team}/members/${member.id}/role`, { role: "box-office" })
  const subject = `member:${member.email}`
  const seen = await owner.visitor.get(
    `/console/${shop.slug}/settings/audit?${new URLSearchParams({ subject }).toString()}`,
  )
  expect(seen.text).toContain("A owner")
  expect(seen.text).toContain("box-office")
  for (const statement of [
    "update org.audit set subject = 'x'",
    "delete from org.audit",
    "truncate org.audit",
  ])
    await expect(world.database.owner.query(statement)).rejects.toThrow("append-only")
})
