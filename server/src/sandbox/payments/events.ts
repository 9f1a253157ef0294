import Stripe from "stripe"
import { found, unknownObject, unsupported, type Answer } from "./answer.ts"
import type { Route, Work } from "./call.ts"
import { takeWebhookFault } from "./faults.ts"
import { newObjectId } from "./identifiers.ts"
import { listObjects, listParams } from "./listing.ts"
import { findObject, insertObject } from "./objects.ts"

type Subject = { readonly id: string }
type EventBody = Omit<Stripe.EventBase, "data"> & { readonly data: { readonly object: Subject } }

/** Records that something happened and puts its webhook in the post, in the transaction that made it happen. */
export async function emit(work: Work, type: Stripe.Event.Type, subject: Subject): Promise<void> {
  const event: EventBody = {
    id: newObjectId("evt"),
    object: "event",
    api_version: Stripe.API_VERSION,
    created: work.createdAt,
    data: { object: subject },
    livemode: false,
    pending_webhooks: 1,
    request: { id: work.call.id, idempotency_key: work.call.idempotencyKey },
    type,
  }
  await insertObject(work.tx, event)
  await post(work, event)
}

async function post(work: Work, event: EventBody): Promise<void> {
  const fault = await takeWebhookFault(work.tx, event.type)
  const status = {
    drop: "dropped",
    reorder: "held",
    delay: "pending",
    duplicate: "pending",
  } as const
  const copies = fault?.action === "duplicate" ? 2 : 1
  for (let copy = 0; copy < copies; copy += 1) {
    await work.tx.query(
      `insert into delivery (event_id, subject_id, status, fault, due_at)
       values ($1, $2, $3, $4, clock_timestamp() + $5 * interval '1 millisecond')`,
      [
        event.id,
        event.data.object.id,
        fault === undefined ? "pending" : status[fault.action],
        fault?.action ?? null,
        fault?.delayMs ?? 0,
      ],
    )
  }
}

async function listEvents({ tx, call }: Work): Promise<Answer> {
  const refusal = unsupported(call.fields, [...listParams, "type"])
  if (refusal !== undefined) return refusal
  return listObjects(tx, "event", "/v1/events", call.fields, { type: "body->>'type'" })
}

async function retrieveEvent({ tx }: Work, id: string): Promise<Answer> {
  const event = await findObject<EventBody>(tx, "event", id)
  return event === undefined ? unknownObject("event", id) : found(event.body)
}

export const eventRoutes: readonly Route[] = [
  { method: "GET", path: "/v1/events", run: listEvents },
  { method: "GET", path: "/v1/events/:id", run: retrieveEvent },
]
