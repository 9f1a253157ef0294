/** The domain under which a site's pages may offer wallets; undefined where no wallet ever appears: without TLS, or on a bare address. */
export function walletDomainOf(origin: string): string | undefined {
  const { protocol, hostname } = new URL(origin)
  const isName = /^[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z][a-z0-9-]*$/.test(hostname)
  return protocol === "https:" && isName ? hostname : undefined
}
