import { once } from "node:events"
import { createServer, type AddressInfo } from "node:net"
import { buffer } from "node:stream/consumers"
import PostalMime, { type Email } from "postal-mime"
import { SMTPServer } from "smtp-server"
import { expect, it } from "vitest"
import { anEmail, aVisitor, goodPassword, newMember, newPerson } from "#testing/console.ts"
import { openWebWorld } from "#testing/web-world.ts"

/** A port that nobody listens at, for now. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1")
  await once(server, "listening")
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** Resolves once the server has taken so many mails. */
async function receive(port: number, count: number): Promise<Email[]> {
  const mails: Email[] = []
  const all = Promise.withResolvers<void>()
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onData: (stream, _session, done) =>
      void buffer(stream)
        .then((raw) => PostalMime.parse(raw))
        .then((mail) => {
          mails.push(mail)
          done()
          if (mails.length === count) all.resolve()
        }),
  })
  server.listen(port, "127.0.0.1")
  await all.promise
  await new Promise<void>((resolve) => server.close(() => resolve()))
  return mails
}

it("loses no mail while the mail server is down, and keeps nobody from working", async () => {
  const port = await freePort()
  await using world = await openWebWorld({ SMTP_URL: `smtp://127.0.0.1:${port}` })
  const at = { url: world.url, publicUrl: world.app.publicUrl, database: world.database }
  const shop = await world.shop((file) => {
    file.account.name = 'The "Club"\tof\u2028Bcc: everybody@club.example, <b>us</b>'
  })
  const owner = await newMember(at, shop.accountId, "owner")
  const { email } = await newPerson(at)
  expect((await aVisitor(at).post("/console/forgot", { email })).status).toBe(200)
  const invited = anEmail("maya")
  const path = `/console/${shop.slug}/settings/team`
  const answer = await owner.visitor.post(`${path}/invitations`, {
    email: invited,
    role: "marketer",
  })
  expect(answer.to).toBe(path)
  expect((await owner.visitor.get(path)).text).toContain(invited)

  const mails = await receive(port, 4)
  const readers = mails.map(({ to, cc, bcc }) => [to, cc, bcc].flatMap((each) => each ?? []))
  expect(readers.map((each) => each.map(({ address }) => address))).toEqual(
    expect.arrayContaining([[owner.email], [email], [invited]]),
  )
  const invitation = mails.find(({ to }) => to?.[0]?.address === invited)
  expect(invitation?.subject).not.toMatch(/[\r\n\u2028]/)
  const link = /\/console\/invitation\/\S+/.exec(invitation?.text ?? "")?.[0] ?? ""
  const joined = await aVisitor(at).post(link, { name: "Maya", password: goodPassword })
  expect(joined.to).toBe(`/console/${shop.slug}`)
})
