import type Stripe from "stripe"
import {
  type Answer,
  found,
  invalid,
  missing,
  refused,
  unknownObject,
  unsupported,
} from "./answer.ts"
import { availableMinor } from "./balance.ts"
import type { Route, Work } from "./call.ts"
import { emit } from "./events.ts"
import { textOf, wholeOf } from "./form.ts"
import { newObjectId } from "./identifiers.ts"
import { listObjects, listParams } from "./listing.ts"
import { mergedMetadata, refusalOfMetadata } from "./metadata.ts"
import { findObject, insertObject } from "./objects.ts"

const createParams = [
  "amount",
  "currency",
  "destination",
  "description",
  "metadata",
  "transfer_group",
  "expand",
]
const accountParams = [
  "type",
  "country",
  "email",
  "business_type",
  "metadata",
  "capabilities",
  "controller",
  "expand",
]

async function createTransfer(work: Work): Promise<Answer> {
  const { fields } = work.call
  const refusal = unsupported(fields, createParams) ?? refusalOfMetadata(fields)
  if (refusal !== undefined) return refusal
  const currency = textOf(fields, "currency")
  const destination = textOf(fields, "destination")
  const amount = wholeOf(fields, "amount")
  if (currency === undefined) return missing("currency")
  if (destination === undefined) return missing("destination")
  if (amount === undefined) return missing("amount")
  if (!(amount >= 1)) {
    return invalid("Invalid positive integer: amount", "amount", "parameter_invalid_integer")
  }
  const refusalToSend = await refusalOfTransfer(work, destination, currency, amount)
  return refusalToSend ?? found(await send(work, destination, currency, amount))
}

async function refusalOfTransfer(
  work: Work,
  destination: string,
  currency: string,
  amount: number,
) {
  if ((await findObject(work.tx, "account", destination)) === undefined) {
    return refused(400, {
      type: "invalid_request_error",
      code: "resource_missing",
      message: `No such destination: '${destination}'`,
      param: "destination",
    })
  }
  // One balance, many transfers: they are counted one after the other.
  await work.tx.query("select pg_advisory_xact_lock(7239002)")
  if (((await availableMinor(work.tx)).get(currency) ?? 0) >= amount) return undefined
  return refused(400, {
    type: "invalid_request_error",
    code: "balance_insufficient",
    message: `You have insufficient available funds in your Stripe account in ${currency}.`,
  })
}

async function send(work: Work, destination: string, currency: string, amount: number) {
  const id = newObjectId("tr")
  const transfer: Stripe.Transfer = {
    id,
    object: "transfer",
    amount,
    amount_reversed: 0,
    balance_transaction: null,
    created: work.createdAt,
    currency,
    description: textOf(work.call.fields, "description") ?? null,
    destination,
    destination_payment: newObjectId("py"),
    livemode: false,
    metadata: mergedMetadata(work.call.fields),
    reversals: { object: "list", data: [], has_more: false, url: `/v1/transfers/${id}/reversals` },
    reversed: false,
    source_transaction: null,
    source_type: "card",
    transfer_group: textOf(work.call.fields, "transfer_group") ?? null,
  }
  await insertObject(work.tx, transfer)
  await emit(work, "transfer.created", transfer)
  return transfer
}

async function retrieveTransfer({ tx }: Work, id: string): Promise<Answer> {
  const transfer = await findObject<Stripe.Transfer>(tx, "transfer", id)
  return transfer === undefined ? unknownObject("transfer", id) : found(transfer.body)
}

async function listTransfers({ tx, call }: Work): Promise<Answer> {
  const refusal = unsupported(call.fields, [...listParams, "destination", "transfer_group"])
  if (refusal !== undefined) return refusal
  const filters = { destination: "body->>'destination'", transfer_group: "body->>'transfer_group'" }
  return listObjects(tx, "transfer", "/v1/transfers", call.fields, filters)
}

/** An account is only something to transfer to; it may receive money at once. */
async function createAccount(work: Work): Promise<Answer> {
  const { fields } = work.call
  const refusal = unsupported(fields, accountParams) ?? refusalOfMetadata(fields)
  if (refusal !== undefined) return refusal
  const account = {
    id: newObjectId("acct"),
    object: "account",
    charges_enabled: true,
    country: textOf(fields, "country") ?? "US",
    created: work.createdAt,
    details_submitted: true,
    email: textOf(fields, "email") ?? null,
    metadata: mergedMetadata(fields),
    payouts_enabled: true,
    type: textOf(fields, "type") ?? "none",
  } satisfies Stripe.Account
  await insertObject(work.tx, account)
  return found(account)
}

async function retrieveAccount({ tx }: Work, id: string): Promise<Answer> {
  const account = await findObject<Stripe.Account>(tx, "account", id)
  return account === undefined ? unknownObject("account", id) : found(account.body)
}

export const transferRoutes: readonly Route[] = [
  { method: "POST", path: "/v1/transfers", run: createTransfer },
  { method: "GET", path: "/v1/transfers", run: listTransfers },
  { method: "GET", path: "/v1/transfers/:id", run: retrieveTransfer },
  { method: "POST", path: "/v1/accounts", run: createAccount },
  { method: "GET", path: "/v1/accounts/:id", run: retrieveAccount },
]
