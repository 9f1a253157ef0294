import { expect, it } from "vitest"
import { walletDomainOf } from "#core/wallet-domain.ts"

it.each([
  ["https://www.club.example", "www.club.example"],
  ["https://Club.Example:8443", "club.example"],
  ["https://café.example", "xn--caf-dma.example"],
])("offers wallets on the pages of %s", (origin, domain) => {
  expect(walletDomainOf(origin)).toBe(domain)
})

it.each([
  "http://www.club.example",
  "https://127.0.0.1",
  "https://[::1]:4001",
  "https://localhost",
])("offers none on %s", (origin) => {
  expect(walletDomainOf(origin)).toBeUndefined()
})
