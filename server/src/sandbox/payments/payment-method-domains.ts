import type Stripe from "stripe"
import { type Answer, found, invalid, missing, unknownObject, unsupported } from "./answer.ts"
import type { Route, Work } from "./call.ts"
import { textOf } from "./form.ts"
import { newObjectId } from "./identifiers.ts"
import { listObjects, listParams } from "./listing.ts"
import { findObject, insertObject, saveObject } from "./objects.ts"

type WalletStatus = Stripe.PaymentMethodDomain.ApplePay

/** Registering a domain again answers the one that is there. */
async function create(work: Work): Promise<Answer> {
  const { fields } = work.call
  const refusal = unsupported(fields, ["domain_name", "enabled", "expand"])
  if (refusal !== undefined) return refusal
  const name = textOf(fields, "domain_name")
  if (name === undefined) return missing("domain_name")
  if (!/^[a-z0-9.-]{1,253}$/i.test(name)) {
    return invalid(
      `Invalid domain name: ${name}. Give a host without scheme, port or path.`,
      "domain_name",
    )
  }
  await work.tx.query("select pg_advisory_xact_lock(hashtext($1))", [name])
  const present = await findByName(work, name)
  if (present !== undefined) return found(present)
  const domain: Stripe.PaymentMethodDomain = {
    id: newObjectId("pmd"),
    object: "payment_method_domain",
    ...walletsOf(name),
    created: work.createdAt,
    domain_name: name,
    enabled: textOf(fields, "enabled") !== "false",
    livemode: false,
  }
  await insertObject(work.tx, domain)
  return found(domain)
}

async function findByName(work: Work, name: string) {
  const { rows } = await work.tx.query<{ body: Stripe.PaymentMethodDomain }>(
    "select body from object where kind = 'payment_method_domain' and body->>'domain_name' = $1",
    [name],
  )
  return rows[0]?.body
}

/** Wallets are shown on domains the world can reach; names kept for tests and bare addresses are not. */
function walletsOf(name: string) {
  const isReachable = !/(^localhost|\.invalid|\.test|\.local|^[\d.]+)$/i.test(name)
  const status: WalletStatus = isReachable
    ? { status: "active" }
    : {
        status: "inactive",
        status_details: {
          error_message: `The domain ${name} could not be reached to be verified.`,
        },
      }
  return {
    amazon_pay: status,
    apple_pay: status,
    google_pay: status,
    klarna: status,
    link: status,
    paypal: status,
  }
}

async function update(work: Work, id: string): Promise<Answer> {
  const refusal = unsupported(work.call.fields, ["enabled", "expand"])
  if (refusal !== undefined) return refusal
  const stored = await findDomain(work, id)
  if (stored === undefined) return unknownObject("payment_method_domain", id)
  const enabled = textOf(work.call.fields, "enabled") ?? String(stored.enabled)
  const domain = { ...stored, enabled: enabled === "true" }
  await saveObject(work.tx, domain)
  return found(domain)
}

async function validate(work: Work, id: string): Promise<Answer> {
  const stored = await findDomain(work, id)
  if (stored === undefined) return unknownObject("payment_method_domain", id)
  const domain = { ...stored, ...walletsOf(stored.domain_name) }
  await saveObject(work.tx, domain)
  return found(domain)
}

async function retrieve(work: Work, id: string): Promise<Answer> {
  const domain = await findDomain(work, id)
  return domain === undefined ? unknownObject("payment_method_domain", id) : found(domain)
}

async function findDomain({ tx }: Work, id: string) {
  return (await findObject<Stripe.PaymentMethodDomain>(tx, "payment_method_domain", id))?.body
}

async function list({ tx, call }: Work): Promise<Answer> {
  const refusal = unsupported(call.fields, [...listParams, "domain_name", "enabled"])
  if (refusal !== undefined) return refusal
  const filters = { domain_name: "body->>'domain_name'", enabled: "body->>'enabled'" }
  return listObjects(
    tx,
    "payment_method_domain",
    "/v1/payment_method_domains",
    call.fields,
    filters,
  )
}

export const paymentMethodDomainRoutes: readonly Route[] = [
  { method: "POST", path: "/v1/payment_method_domains", run: create },
  { method: "GET", path: "/v1/payment_method_domains", run: list },
  { method: "GET", path: "/v1/payment_method_domains/:id", run: retrieve },
  { method: "POST", path: "/v1/payment_method_domains/:id", run: update },
  { method: "POST", path: "/v1/payment_method_domains/:id/validate", run: validate },
]
