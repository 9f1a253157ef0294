import type { OrderLine, OrderSummary, Ticket } from "#core/order.ts"
import { html, type Html } from "#views/html.ts"
import { minutesBefore } from "#views/event.ts"
import { qrCode } from "#views/qr.ts"
import type { Start, Voice } from "#views/voice.ts"

/** Each ticket of an order with its QR code and the code a person can read out. */
export function ticketList(order: OrderSummary, voice: Voice): Html {
  return html`<ul class="tickets">
    ${order.tickets.map((ticket, index) => {
      const line = order.lines.find((one) => one.lineNo === ticket.lineNo)
      return line && ticketItem(order, ticket, line, index + 1, voice)
    })}
  </ul>`
}

function ticketItem(
  order: OrderSummary,
  ticket: Ticket,
  line: OrderLine,
  n: number,
  voice: Voice,
): Html {
  const { success } = voice.words
  const start = startOf(line)
  const isVoid = ticket.state === "void"
  return html`<li class="ticket ${isVoid && "void"}" part="ticket" id="ticket-${ticket.id}">
    <div class="stack">
      <div>
        <p class="s muted">${success.ticketOf(n, order.tickets.length)}</p>
        <h3>${line.eventTitle}</h3>
      </div>
      <p>
        ${start && html`<b>${voice.dateTime(start)}</b><br />`}<span class="s muted"
          >${placeAndDoors(line, voice)}</span
        >
      </p>
      <p class="s">
        ${lineName(line)}<br /><span class="muted">${order.firstName} ${order.lastName}</span>
      </p>
    </div>
    <div>
      ${
        isVoid
          ? html`<p class="s bad">${success.void}</p>`
          : qrCode(ticket.code, success.qr(ticket.code))
      }
      <p class="code">${readable(ticket.code)}</p>
    </div>
  </li>`
}

/** "7KQ2M X9DF4": ten characters are read out in two breaths. */
export function readable(code: string): string {
  return code.length === 10 ? `${code.slice(0, 5)} ${code.slice(5)}` : code
}

export function lineName(line: OrderLine): string {
  return line.detail === "" ? line.title : `${line.title}, ${line.detail}`
}

/** When the line's showtime begins, as its poster says; absent for what has no showtime. */
export function startOf(line: OrderLine): Start | undefined {
  const { startsAt, timeZone } = line
  return startsAt === undefined || timeZone === undefined ? undefined : { startsAt, timeZone }
}

export function placeAndDoors(line: OrderLine, voice: Voice): string {
  return [line.venueName, doorsOf(line, voice)].filter(Boolean).join(", ")
}

/** "doors 19:15"; "" where they are not told. */
export function doorsOf(line: OrderLine, voice: Voice): string {
  const start = startOf(line)
  if (!start || line.doorsMinutes === undefined) return ""
  const startsAt = minutesBefore(start.startsAt, line.doorsMinutes)
  return voice.words.event.doors(voice.time({ ...start, startsAt }))
}
