import { type TypedEvent, ticketRows } from "#core/first-event.ts"
import { corners, type TypedLook } from "#core/first-look.ts"
import { eventToTry } from "#core/first-run.ts"
import type { Snippet } from "#core/snippets.ts"
import { checkForm, type CheckForm } from "#views/console/check-page.ts"
import { type FirstRunView, previewCard, stepPage, stepPath } from "#views/console/first-run.ts"
import { button, linkButton } from "#views/console/kit/button.ts"
import { card, drill, note } from "#views/console/kit/card.ts"
import { codeBlock } from "#views/console/kit/copy.ts"
import {
  choice,
  errorOf,
  errorSummary,
  field,
  type FieldFault,
  hidden,
  moneyField,
  select,
} from "#views/console/kit/form.ts"
import { pictureField, smallShown } from "#views/console/picture-field.ts"
import { html, type Html, type Part, url } from "#views/html.ts"

type Faults = readonly FieldFault[]

/** What happens, where, when, and what it costs: enough to sell. */
export function eventStep(page: FirstRunView, typed: TypedEvent, faults: Faults = []): Html {
  const base = `/console/${page.visit.account.slug}`
  const of = (name: string) => ({ name, error: errorOf(faults, name) })
  return stepPage(page, "event", {
    title: "Your first event",
    lead: html`Everything can be changed later. Do you have it on a page or in a calendar already?
      <a class="link" href="${url(`${base}/import`)}">Bring it in</a>.`,
    body: html`${errorSummary(faults, "Your event is not on sale yet.")}
      <form
        class="stack"
        method="post"
        action="${url(`${base}/first-run/event`)}"
        enctype="multipart/form-data"
        novalidate
      >
        ${whatCard(typed, of)} ${whenCard(page, typed, of)} ${ticketCard(page, typed, of)}
        <div class="row">${button({ label: "Put it on sale", kind: "primary" })}</div>
      </form>`,
  })
}

type Of = (name: string) => { readonly name: string; readonly error: string | undefined }

function whatCard(typed: TypedEvent, of: Of): Html {
  return card({
    title: "What",
    padded: true,
    body: html`<div class="form">
      ${field({ ...of("title"), label: "Title", value: typed.title, maxlength: 200, required: true, wide: true, placeholder: "Friday Night Stand-up" })}
      ${field({ ...of("summary"), label: "In one line", value: typed.summary, maxlength: 300, wide: true, hint: "Optional. Stands below the title." })}
      ${pictureField({
        label: typed.picture === "" ? "Picture" : "Another picture",
        error: of("picture").error,
        wide: true,
        hint:
          typed.picture === ""
            ? "Optional. JPEG, PNG or WebP, at least 200 pixels wide, up to 10 MB."
            : html`${smallShown(typed.picture)} It is kept.`,
      })}
      ${hidden("picture", typed.picture)}
    </div>`,
  })
}

function whenCard(page: FirstRunView, typed: TypedEvent, of: Of): Html {
  const { timeZone } = page.shop.account
  return card({
    title: "Where and when",
    padded: true,
    body: html`<div class="form">
      ${field({ ...of("venue"), label: "Venue", value: typed.venue, maxlength: 200, required: true, placeholder: "The Cellar" })}
      ${field({ ...of("street"), label: "Street and number", value: typed.street, maxlength: 200, autocomplete: "street-address" })}
      ${field({ ...of("city"), label: "City", value: typed.city, maxlength: 200, required: true, autocomplete: "address-level2" })}
      ${field({ ...of("subdivision"), label: "State or province", value: typed.subdivision, maxlength: 3, hint: "Short: ON, NY. Optional.", autocomplete: "address-level1" })}
      ${field({ ...of("at"), label: "Begins", type: "datetime-local", value: typed.at, required: true, hint: `By the clock of ${timeZone.replaceAll("_", " ")}.` })}
      ${select({
        ...of("repeat"),
        label: "Again",
        value: typed.repeat,
        options: [
          { value: "once", label: "Only once" },
          { value: "week", label: "Every week" },
          { value: "day", label: "Every day" },
        ],
      })}
      ${field({ ...of("times"), label: "How often in all", value: typed.times, inputmode: "numeric", hint: "When it repeats: from 2 to 52." })}
    </div>`,
  })
}

function ticketCard(page: FirstRunView, typed: TypedEvent, of: Of): Html {
  const { currency } = page.shop.regions[0]
  const rows = Array.from({ length: ticketRows }, (_, i) => ({
    i,
    title: "",
    price: "",
    ...typed.tickets[i],
  }))
  return card({
    title: "Tickets",
    padded: true,
    body: html`<div class="form">
        ${rows.map(
          ({ i, title, price }) =>
            html`${field({ ...of(`tickets[${i}].title`), label: i === 0 ? "Ticket" : `Ticket ${i + 1}`, value: title, maxlength: 200, placeholder: ["Adult", "Student", "Child"][i] ?? "" })}
            ${moneyField({ ...of(`tickets[${i}].price`), label: i === 0 ? "Price" : `Price ${i + 1}`, value: price, currency, maxlength: 20 })}`,
        )}
        ${field({ ...of("capacity"), label: "How many in all", value: typed.capacity, inputmode: "numeric", hint: "At each date, all kinds together. Empty: any number." })}
      </div>
      ${drill({
        title: "Service fee and tax",
        bare: true,
        open: typed.fee !== "none" || typed.taxPercent !== "" || hasFault(of),
        body: html`<div class="form">
          ${choice({
            ...of("fee"),
            label: "Service fee",
            value: typed.fee,
            wide: true,
            options: [
              { value: "none", label: "None" },
              {
                value: "shopper",
                label: "Guests pay it",
                hint: "Shown beside each price from the start.",
              },
              {
                value: "organizer",
                label: "It is in the price",
                hint: "You see what it costs you in each order.",
              },
            ],
          })}
          ${field({ ...of("feePercent"), label: "Fee in percent", value: typed.feePercent, inputmode: "decimal", suffix: "%", maxlength: 10 })}
          ${moneyField({ ...of("feeFixed"), label: "and for each ticket", value: typed.feeFixed, currency, maxlength: 20 })}
          ${field({ ...of("taxName"), label: "Tax on tickets", value: typed.taxName, maxlength: 40, placeholder: "HST, VAT", hint: "Optional. As it is called." })}
          ${field({ ...of("taxPercent"), label: "Tax in percent", value: typed.taxPercent, inputmode: "decimal", suffix: "%", maxlength: 10 })}
        </div>`,
      })}`,
  })
}

/** A field that is to be corrected is not hidden. */
function hasFault(of: Of): boolean {
  return ["fee", "feePercent", "feeFixed", "taxName", "taxPercent"].some(
    (name) => of(name).error !== undefined,
  )
}

/** A colour and the corners, with the widget beside the question. */
export function lookStep(page: FirstRunView, typed: TypedLook, faults: Faults = []): Html {
  const here = stepPath(page, "look")
  const accent = "account.brand.colors.accent"
  return stepPage(page, "look", {
    title: "Your look",
    lead: "It looks good untouched. One colour makes it yours; the rest is in the settings.",
    body: html`<div class="cols even">
      ${card({
        label: "Your look",
        padded: true,
        body: html`${errorSummary(faults)}
          <form class="stack" method="post" action="${url(here)}" id="brand-form" novalidate>
            ${field({ name: accent, label: "Accent colour", value: typed.accent, error: errorOf(faults, accent), placeholder: "#1a5fb4", maxlength: 7, hint: "The button to press, what is chosen. Text on it stays readable by itself." })}
            ${select({
              name: "account.brand.theme",
              label: "Light or dark",
              value: typed.theme,
              options: [
                { value: "", label: "As each visitor prefers" },
                { value: "light", label: "Always light" },
                { value: "dark", label: "Always dark" },
              ],
            })}
            ${select({ name: "account.brand.radiusPx", label: "Corners", value: typed.radius, options: corners })}
            <div class="row">
              ${button({ label: "Save and go on", kind: "primary" })}
              <button
                class="btn"
                type="submit"
                formaction="${url(`/console/${page.visit.account.slug}/settings/brand/preview`)}"
                formtarget="brand-preview"
              >
                Show
              </button>
            </div>
          </form>`,
      })}
      ${previewCard(page)}
    </div>`,
  })
}

/** The site that may show the tickets. */
export function siteStep(page: FirstRunView, typed: string, faults: Faults = []): Html {
  const known = [...page.shop.allowedOrigins]
  return stepPage(page, "site", {
    title: "Your site",
    lead: "Where will your tickets be shown? Only sites that you name can show them.",
    body: html`${errorSummary(faults)}
    ${card({
      label: "Your site",
      padded: true,
      body: html`<form
          class="stack"
          method="post"
          action="${url(stepPath(page, "site"))}"
          novalidate
        >
          ${field({ name: "site", label: "Address of your site", value: typed, error: errorOf(faults, "site"), placeholder: "www.laughingstock.example", autocomplete: "url", inputmode: "url", maxlength: 300, hint: "Paste any address of it. Add the one with and the one without www, if both are used." })}
          <div class="row">
            ${button({ label: "Allow this site", kind: "primary" })}
            ${known.length > 0 && linkButton({ label: "Go on", href: stepPath(page, "snippet") })}
          </div>
        </form>
        ${
          known.length > 0 &&
          html`<p class="sub">Allowed already:</p>
            <ul>
              ${known.map((origin) => html`<li>${origin}</li>`)}
            </ul>`
        }`,
    })}
    ${hostedNote(page)}`,
  })
}

function hostedNote(page: FirstRunView): Html {
  const path = `/e/${page.visit.account.slug}`
  return note(
    "info",
    html`<b>No site yet?</b> Your events have
      <a class="link" href="${url(path)}" target="_blank" rel="noopener">a page of their own</a>
      here, for mail, posters and search engines.`,
  )
}

/** The two lines for each kind of site, and a look at the page they went into. */
export function snippetStep(
  page: FirstRunView,
  item: {
    readonly snippets: readonly Snippet[]
    readonly policy: string
    readonly check: CheckForm
  },
): Html {
  return stepPage(page, "snippet", {
    title: "The snippet",
    lead: "Paste it into the page where the tickets shall be. Then let us look at that page.",
    body: html`${card({
        title: "Where does your site live?",
        body: html`${item.snippets.map((snippet, i) => snippetView(snippet, i === 0))}
        ${drill({
          title: "The site sends a Content-Security-Policy",
          body: html`<div class="pad stack tight">
            <p class="sub">Add this to it. Most sites send none; the check below tells.</p>
            ${codeBlock(item.policy, { label: "Policy" })}
          </div>`,
        })}`,
      })}
      ${checkForm(item.check)}
      <div class="row">
        ${linkButton({ label: "Go on to a test order", href: stepPath(page, "order") })}
      </div>`,
  })
}

function snippetView({ title, steps, code, more }: Snippet, open: boolean): Html {
  return drill({
    title,
    open,
    body: html`<div class="pad stack tight">
      <ol class="numbered">
        ${steps.map((step) => html`<li>${step}</li>`)}
      </ol>
      ${codeBlock(code)}
      ${
        more &&
        html`<p class="sub">${more.title}</p>
          ${codeBlock(more.code, { label: more.title })}`
      }
    </div>`,
  })
}

/** Somebody buys: the last thing to see work. */
export function orderStep(page: FirstRunView): Html {
  const { shop, hasOrder, isSandbox } = page
  const event = eventToTry(page)
  const href = event ? `/e/${shop.account.slug}/${event.slug}` : `/e/${shop.account.slug}`
  const told: Part = isSandbox
    ? html`Pay with the card <b class="nw">4242 4242 4242 4242</b>, any date to come and any three
        digits. Nothing is charged: this is the payment sandbox.`
    : "Cards are charged for real here: buy the cheapest ticket, then cancel the order and it is paid back."
  return stepPage(page, "order", {
    title: "A test order",
    lead: "Buy a ticket as your guests will. The page here changes by itself when the order is in.",
    live: true,
    body: html`<div data-live id="first-order" class="stack">
      ${
        hasOrder
          ? note("ok", html`<b>The order is in.</b> You are ready to sell.`)
          : event === undefined
            ? note(
                "warn",
                html`<b>There is nothing on sale yet.</b>
                  <a class="link" href="${url(stepPath(page, "event"))}">Make your first event</a>
                  before.`,
              )
            : note("info", told)
      }
      <div class="row">
        ${linkButton({
          label: hasOrder ? "Buy another" : "Buy a ticket",
          href,
          external: true,
          ...(!hasOrder && { kind: "primary" }),
        })}
        ${
          hasOrder &&
          linkButton({
            label: "Go to Today",
            href: `/console/${page.visit.account.slug}/today`,
            kind: "primary",
          })
        }
      </div>
    </div>`,
  })
}
