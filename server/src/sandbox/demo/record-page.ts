import type { Touch } from "@foyer/shared/protocol"
import { channelOf, firstTouch, lastTouch, linear } from "#core/attribution.ts"
import { formatMoney } from "#core/format.ts"
import type { InventoryChanged } from "#core/inventory.ts"
import type { DemoRecord } from "#flows/demo-record.ts"
import { demoDocument } from "#sandbox/demo/demo-document.ts"
import { type Html, html } from "#views/html.ts"

/** Everything one purchase left behind, on one page. */
export function recordPage(record: DemoRecord): string {
  const { order, shop } = record
  return demoDocument(
    `What was recorded: ${order.number}`,
    html`<header>
        <p>${shop.account.name}, order ${order.number}</p>
        <h1>What was recorded</h1>
        <p>
          Read from the database just now.
          <a href="/orders/${order.publicToken}">The buyer’s own page</a>,
          <a href="/demo/outbox">all mail</a>
        </p>
      </header>
      <div class="grid">
        ${orderSection(record)} ${touchSection(record)} ${conversionSection(record)}
        ${storySection(record)} ${paymentSection(record)} ${stockSection(record)}
        ${mailSection(record)}
      </div>`,
  )
}

function orderSection({ order }: DemoRecord): Html {
  const amount = amounts(order.currency, order.locale)
  const sums: readonly (readonly [string, number])[] = [
    ["Subtotal", order.subtotalMinor],
    [order.promoCode ? `Discount, ${order.promoCode}` : "Discount", -order.discountMinor],
    ["Service fees", order.feeMinor],
    ["Tax", order.taxMinor],
    ["Shipping", order.shippingMinor],
  ]
  return html`<section>
    <h2>The order ${state(order.state)}</h2>
    <p>A snapshot: it stays as it was bought, whatever the catalogue becomes.</p>
    <div class="scroll" tabindex="0">
      <table>
        ${order.lines.map(
          (line) =>
            html`<tr>
              <td>
                ${line.quantity} × ${line.title}${line.detail && `, ${line.detail}`}<br /><span
                  class="note"
                  >${line.eventTitle} ${line.startsLocal?.replace("T", " ").slice(0, 16)}</span
                >
              </td>
              <td class="n">${amount(line.unitMinor * line.quantity)}</td>
            </tr>`,
        )}
        ${sums
          .filter(([, minor]) => minor !== 0)
          .map(
            ([name, minor]) =>
              html`<tr>
                <td>${name}</td>
                <td class="n">${amount(minor)}</td>
              </tr>`,
          )}
        <tr class="total">
          <td>Total</td>
          <td class="n">${amount(order.totalMinor)}</td>
        </tr>
      </table>
    </div>
  </section>`
}

function touchSection({ touches }: DemoRecord): Html {
  const first = firstTouch(touches)
  const last = lastTouch(touches)
  return html`<section>
    <h2>What brought the buyer</h2>
    <p>Touches of the cart, taken from the address before any cookie could be asked for.</p>
    ${
      touches.length === 0
        ? html`<p class="none">None: this visitor came directly.</p>`
        : html`<div class="scroll" tabindex="0">
            <table>
              <tr>
                <th>When</th>
                <th>Touch</th>
                <th>Credit</th>
              </tr>
              ${linear(touches).map(
                ({ touch, creditPpm }) =>
                  html`<tr>
                    <td>${clock(new Date(touch.at).toISOString())}</td>
                    <td class="fine"><b>${channelOf(touch)}</b> ${touchWords(touch)}</td>
                    <td>
                      <span class="credit"
                        >${touch === first && state("first")}${touch === last && state("last")}${state(`linear ${(creditPpm / 10_000).toFixed(0)} %`)}</span
                      >
                    </td>
                  </tr>`,
              )}
            </table>
          </div>`
    }
  </section>`
}

function touchWords({ clickIds, ...fields }: Touch): Html {
  const said = Object.entries(fields).filter(([name]) => name !== "at")
  const entries = [...said, ...Object.entries(clickIds ?? {})]
  return html`${entries.map(([name, value]) => html`<br />${name}: <code>${String(value)}</code>`)}`
}

function conversionSection({ conversions }: DemoRecord): Html {
  return html`<section>
    <h2>Conversions</h2>
    <p>
      One row for each of the organizer’s pixels: fired by the host page’s own library, at most
      once.
    </p>
    ${
      conversions.length === 0
        ? html`<p class="none">None.</p>`
        : html`<div class="scroll" tabindex="0">
            <table>
              <tr>
                <th>Destination</th>
                <th>State</th>
                <th>Outcome</th>
                <th>Acknowledged</th>
              </tr>
              ${conversions.map(
                (row) =>
                  html`<tr>
                    <td>${row.destination}</td>
                    <td>${state(row.state)}</td>
                    <td>${row.outcome ?? "none yet"}</td>
                    <td>${row.acknowledgedAt ? clock(row.acknowledgedAt) : "not yet"}</td>
                  </tr>`,
              )}
            </table>
          </div>`
    }
  </section>`
}

function storySection({ orderEvents }: DemoRecord): Html {
  return html`<section>
    <h2>The order’s story</h2>
    <p>Its stream in the event store.</p>
    ${orderEvents.length === 0 && html`<p class="none">No events yet.</p>`}
    <ol class="line">
      ${orderEvents.map(
        ({ type, actorType, at, data }) =>
          html`<li>
            <b>${type}</b> by ${actorType} ${clock(at)}<br /><code>${JSON.stringify(data)}</code>
          </li>`,
      )}
    </ol>
  </section>`
}

function paymentSection({ payments, calls, webhooks, order }: DemoRecord): Html {
  const amount = amounts(order.currency, order.locale)
  if (payments.length === 0)
    return html`<section class="wide">
      <h2>Payment</h2>
      <p class="none">Nothing to pay: the provider was never asked.</p>
    </section>`
  return html`<section class="wide">
    <h2>Payment</h2>
    <p>Each call was written down before it left; the webhooks that came are below them.</p>
    <div class="scroll" tabindex="0">
      <table>
        <tr>
          <th>When</th>
          <th>What</th>
          <th>Outcome</th>
          <th>Detail</th>
        </tr>
        ${payments.map(
          (row) =>
            html`<tr>
              <td>${clock(row.createdAt)}</td>
              <td>Payment of ${amount(row.amountMinor)}</td>
              <td>${state(row.state)}</td>
              <td class="fine">
                <code>${row.providerId ?? "not made yet"}</code>
                ${row.failureCode && `declined: ${row.failureCode}`}${row.parkedReason && `parked: ${row.parkedReason}`}
              </td>
            </tr>`,
        )}
        ${calls.map(
          (row) =>
            html`<tr>
              <td>${clock(row.startedAt)}</td>
              <td>Call: ${row.op}, attempt ${row.attempt}</td>
              <td>${state(row.outcome ?? "open")} ${row.httpStatus}</td>
              <td class="fine"><code>${row.idempotencyKey}</code> ${row.error}</td>
            </tr>`,
        )}
        ${webhooks.map(
          (row) =>
            html`<tr>
              <td>${clock(row.receivedAt)}</td>
              <td>Webhook: ${row.type}</td>
              <td>${state(row.state)}</td>
              <td class="fine">
                <code>${row.eventId}</code>
                ${row.deliveries > 1 && `delivered ${row.deliveries} times`}
              </td>
            </tr>`,
        )}
      </table>
    </div>
  </section>`
}

function stockSection({ stockEvents, order }: DemoRecord): Html {
  const titles = new Map(order.lines.map((line) => [`variant-${line.variantId}`, line.title]))
  return html`<section class="wide">
    <h2>Stock</h2>
    <p>
      What this purchase did to what is counted. Left to sell is capacity less what is held and
      sold, at every moment.
    </p>
    <div class="scroll" tabindex="0">
      <table>
        <tr>
          <th>When</th>
          <th>What</th>
          <th>Event</th>
          <th class="n">Held</th>
          <th class="n">Sold</th>
          <th class="n">Left</th>
        </tr>
        ${stockEvents.map(
          ({ at, stream, data }) =>
            html`<tr>
              <td>${clock(at)}</td>
              <td>${titles.get(stream)}</td>
              <td>${data.reason}</td>
              ${levels(data)}
            </tr>`,
        )}
      </table>
    </div>
    ${stockEvents.length === 0 && html`<p class="none">Nothing counted was sold.</p>`}
  </section>`
}

function levels({ before, after }: InventoryChanged): Html {
  const left = (level: InventoryChanged["after"]) => level.capacity - level.held - level.sold
  const cell = (from: number, to: number) =>
    html`<td class="n">${from === to ? to : html`${from} → <b>${to}</b>`}</td>`
  return html`${cell(before.held, after.held)}${cell(before.sold, after.sold)}${cell(left(before), left(after))}`
}

function mailSection({ mail }: DemoRecord): Html {
  return html`<section class="wide">
    <h2>Mail</h2>
    ${
      mail
        ? html`<p>
              Sent by a job after the payment, kept in the outbox because no mail server is set.
            </p>
            <ul class="mails">
              <li>
                <a href="/demo/outbox/${mail.id}"
                  ><b>${mail.subject}</b>${clock(mail.at)}<span>To ${mail.toAddress}</span></a
                >
              </li>
            </ul>`
        : html`<p class="none">None yet: a job sends it; reload in a moment.</p>`
    }
  </section>`
}

const badStates = /fail|cancel|reject|expired|dead|unknown|unfulfillable|skipped/
const goodStates = /paid|succeeded|acknowledged|applied|^ok$/

function state(text: string): Html {
  const kind = badStates.test(text) ? "bad" : goodStates.test(text) ? "good" : ""
  return html`<span class="state ${kind}">${text.replaceAll("_", " ")}</span>`
}

/** Times of the server, to the second: what is compared here lies close together. */
function clock(instant: string): Html {
  return html`<time datetime="${instant}">${instant.slice(11, 19)} UTC</time>`
}

function amounts(currency: string, locale: string): (minor: number) => string {
  return (minor) => formatMoney(minor, currency, locale)
}
