import { lookup as systemLookup } from "node:dns"
import { type IncomingMessage, request as plainRequest, type RequestOptions } from "node:http"
import { request as tlsRequest } from "node:https"
import { isIP, type LookupFunction } from "node:net"
import type { Readable } from "node:stream"
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib"
import type { FetchRefusal } from "#core/fetch-refusal.ts"
import { isPublicAddress } from "#core/public-address.ts"

/** Fetches a page that an organizer names. Never throws for what the page or its server does: that is an outcome. */
export type PageFetcher = (address: string, wish: FetchWish) => Promise<FetchedPage>

export type FetchWish = {
  /** The most it may weigh, unpacked. */
  readonly maxBytes: number
  /** What it may be, as in `text/html`; anything when absent. A page without a type is let through. */
  readonly types?: readonly string[]
}

export type FetchedPage =
  | {
      readonly outcome: "fetched"
      /** Where the redirects ended. */
      readonly address: string
      /** Every address asked for, in order, the last one too. */
      readonly path: readonly string[]
      readonly status: number
      /** Lower-case names; several of one name are joined as HTTP joins them. */
      readonly headers: ReadonlyMap<string, string>
      readonly body: Uint8Array
    }
  | { readonly outcome: "refused"; readonly reason: FetchRefusal; readonly address: string }

export type FetcherOptions = {
  /** Names itself so to the server it asks. */
  readonly userAgent: string
  /** Origins that may be asked wherever they are: the demo's own, and a test's. Nothing else beyond the public internet ever is. */
  readonly trusts?: (origin: string) => boolean
  /** How names become addresses; the system's way when absent. */
  readonly lookup?: typeof systemLookup
  /** For everything, redirects too. */
  readonly withinMs?: number
}

const mostRedirects = 5
const usualWithinMs = 10_000
const openPorts = new Set(["", "80", "443", "8080", "8443"])

/**
 * The address that is judged is the one that is connected to: names are resolved here, once for each request, and only public addresses are
 * handed on, so that a name that answers differently the second time leads nowhere. Every redirect begins anew. No cookies, no credentials.
 */
export function openPageFetcher(options: FetcherOptions): PageFetcher {
  const trusts = options.trusts ?? (() => false)
  return async (address, wish) => {
    const signal = AbortSignal.timeout(options.withinMs ?? usualWithinMs)
    const path: string[] = []
    let next = address
    while (path.length <= mostRedirects) {
      const url = openUrl(next, trusts)
      if (typeof url === "string") return { outcome: "refused", reason: url, address: next }
      path.push(url.href)
      const got = await ask(url, trusts(url.origin), options, wish, signal)
      if ("reason" in got) return { outcome: "refused", reason: got.reason, address: url.href }
      if (!("location" in got)) return { ...got, outcome: "fetched", address: url.href, path }
      next = URL.parse(got.location, url.href)?.href ?? got.location
    }
    return { outcome: "refused", reason: "too-many-redirects", address: next }
  }
}

/** What may be asked at all, before any name is resolved. */
function openUrl(
  address: string,
  trusts: (origin: string) => boolean,
): URL | "not-an-address" | "private-address" {
  const url = URL.parse(address)
  if (!url || !/^https?:$/.test(url.protocol)) return "not-an-address"
  if (url.username !== "" || url.password !== "") return "not-an-address"
  url.hash = ""
  if (trusts(url.origin)) return url
  if (!openPorts.has(url.port)) return "not-an-address"
  const host = url.hostname.replace(/^\[|\]$/g, "")
  if (isIP(host) !== 0 && !isPublicAddress(host)) return "private-address"
  return url
}

type Got =
  | { readonly reason: FetchRefusal }
  | { readonly location: string }
  | {
      readonly status: number
      readonly headers: ReadonlyMap<string, string>
      readonly body: Uint8Array
    }

async function ask(
  url: URL,
  isTrusted: boolean,
  options: FetcherOptions,
  wish: FetchWish,
  signal: AbortSignal,
): Promise<Got> {
  try {
    const response = await send(url, {
      agent: false,
      signal,
      lookup: publicLookup(options.lookup ?? systemLookup, isTrusted),
      headers: {
        "User-Agent": options.userAgent,
        Accept: wish.types ? `${wish.types.join(", ")}, */*;q=0.1` : "*/*",
        "Accept-Encoding": "identity",
      },
    })
    return await readAnswer(response, wish)
  } catch (error) {
    return { reason: signal.aborted ? "too-slow" : reasonOf(error) }
  }
}

function send(url: URL, options: RequestOptions): Promise<IncomingMessage> {
  const request = url.protocol === "https:" ? tlsRequest : plainRequest
  return new Promise((resolve, reject) => {
    request(url, options, resolve).on("error", reject).end()
  })
}

async function readAnswer(response: IncomingMessage, wish: FetchWish): Promise<Got> {
  const { statusCode: status = 0 } = response
  const headers = headersOf(response)
  const location = headers.get("location")
  if (status >= 300 && status < 400 && location !== undefined) {
    response.destroy()
    return { location }
  }
  const [type = ""] = (headers.get("content-type") ?? "").split(";")
  if (wish.types && type !== "" && !wish.types.includes(type.trim().toLowerCase())) {
    response.destroy()
    return { reason: "wrong-type" }
  }
  const body = await readBody(response, headers.get("content-encoding"), wish.maxBytes)
  return body ? { status, headers, body } : { reason: "too-large" }
}

function headersOf(response: IncomingMessage): Map<string, string> {
  return new Map(
    Object.entries(response.headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, [value].flat().join(", ")]],
    ),
  )
}

/** Undefined when it is larger than it may be: the rest is not read, nor unpacked. */
async function readBody(
  response: IncomingMessage,
  encoding: string | undefined,
  maxBytes: number,
): Promise<Uint8Array | undefined> {
  if (Number(response.headers["content-length"] ?? 0) > maxBytes) {
    response.destroy()
    return undefined
  }
  const parts: Buffer[] = []
  let bytes = 0
  for await (const part of unpacked(response, encoding)) {
    const piece = part as Buffer
    bytes += piece.length
    if (bytes > maxBytes) {
      response.destroy()
      return undefined
    }
    parts.push(piece)
  }
  return Buffer.concat(parts)
}

/** Some servers pack what was asked for plainly. */
function unpacked(response: IncomingMessage, encoding: string | undefined): Readable {
  const unpack = { gzip: createGunzip, br: createBrotliDecompress, deflate: createInflate }
  const make = unpack[encoding?.trim().toLowerCase() as keyof typeof unpack]
  if (!make) return response
  const plain = make()
  response.on("error", (error) => plain.destroy(error))
  return response.pipe(plain)
}

class PrivateAddress extends Error {}

/** Hands on only public addresses; everything when the origin is trusted. */
function publicLookup(resolve: typeof systemLookup, isTrusted: boolean): LookupFunction {
  return (hostname, options, answer) => {
    resolve(hostname, { ...options, all: true }, (error, found) => {
      if (error) return answer(error, "")
      const open = found.filter(({ address }) => isTrusted || isPublicAddress(address))
      const [first] = open
      if (!first) return answer(new PrivateAddress(hostname), "")
      return options.all ? answer(null, open) : answer(null, first.address, first.family)
    })
  }
}

function reasonOf(error: unknown): FetchRefusal {
  if (error instanceof PrivateAddress) return "private-address"
  const code = error instanceof Error && "code" in error ? String(error.code) : ""
  if (/^(ENOTFOUND|EAI_)/.test(code)) return "unknown-host"
  if (/CERT|SIGNED|TLS|SSL|ALTNAME/.test(code)) return "bad-certificate"
  return "unreachable"
}
