import { describe, expect, it } from "vitest"
import { startDemoHosts } from "#sandbox/demo/host-server.ts"
import { hostPolicy, stripeOrigins } from "#web/embed.ts"

const serverOrigin = "http://localhost:4000"
const policy = hostPolicy(serverOrigin, stripeOrigins)

async function get(path: string): Promise<Response> {
  await using hosts = await startDemoHosts({ port: 0, host: "127.0.0.1", serverOrigin, policy })
  const answer = await fetch(`http://127.0.0.1:${hosts.port}${path}`)
  return new Response(await answer.text(), answer)
}

describe.each([
  ["/comedy", "laughing-stock/main"],
  ["/music", "lantern-hall/main"],
])("the demo site %s", (path, widget) => {
  it("holds one script tag of ours and the element, with links for those without scripts", async () => {
    const text = await (await get(path)).text()
    const tag = `<script src="${serverOrigin}/v1/w/${widget}.js" async></script>`
    expect(text.split(tag)).toHaveLength(2)
    expect(text).toContain(`<foyer-checkout widget="${widget}">`)
    expect(text).toContain(`href="${serverOrigin}/v1/w/${widget}"`)
  })

  it("lives under the published policy, with nothing inline", async () => {
    const answer = await get(path)
    const line = answer.headers.get("content-security-policy") ?? ""
    expect(line).toContain(`script-src 'self' ${serverOrigin}`)
    expect(line).not.toContain("unsafe")
    const text = await answer.text()
    expect(text).not.toMatch(/<style|<script>|\son\w+=/)
  })
})

it("offers both sites, and ways to arrive at them from campaigns", async () => {
  const text = await (await get("/")).text()
  for (const part of [
    "/comedy",
    "/music",
    "fbclid=",
    "gclid=",
    "rdt_cid=",
    "ref=dana",
    "utm_medium=email",
  ])
    expect(text).toContain(part)
})

it.each([
  "/panel.js",
  "/pixels.js",
  "/comedy.css",
  "/music.css",
  "/panel.css",
  "/chooser.css",
  "/icon.svg",
])("serves its own %s", async (path) => {
  expect((await get(path)).status).toBe(200)
})

it("says that there is nothing else", async () => {
  expect((await get("/../package.json")).status).toBe(404)
})
