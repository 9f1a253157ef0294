import type { PromotionKind } from "#core/promotion-form.ts"
import { card } from "#views/console/kit/card.ts"
import {
  choice,
  errorOf,
  field,
  hidden,
  moneyField,
  saveBar,
  select,
  textArea,
} from "#views/console/kit/form.ts"
import type { FormValues } from "#views/console/form-values.ts"
import { eventTicks, type PartView, texts } from "#views/console/part-view.ts"
import { html, type Html, url } from "#views/html.ts"

export type PromotionForm = PartView & {
  readonly action: string
  readonly isNew: boolean
  readonly discard: string
}

const labels: Readonly<Record<string, string>> = {
  code: "The code",
  percentOff: "Percentage off",
  amountOff: "The amount off",
  minimum: "The minimum",
  per: "How often the amount comes off",
  bogo: "Buy some, get some",
  "bogo.buy": "How many are bought",
  "bogo.get": "How many are cheaper",
  "bogo.percentOff": "What comes off these",
  "bogo.within": "What counts together",
  appliesTo: "What it is for",
  events: "Events",
  starts: "The start",
  ends: "The end",
  usageLimit: "How many orders",
  audience: "For whom",
  "audience.who": "Whom it is for",
  "audience.emails": "The list",
}

export function promotionLabel(name: string): string | undefined {
  const [whole, currency] = /^(?:amountOff|minimum)\.([a-z]{3})$/.exec(name) ?? []
  if (whole?.startsWith("amountOff")) return `The amount off in ${currency?.toUpperCase()}`
  if (whole) return `The minimum in ${currency?.toUpperCase()}`
  return labels[name.replace(/\[\d+\]$/, "")]
}

/** What of a stored code decides its kind; a choice just made comes first. */
function kindOf(values: FormValues): PromotionKind {
  const chosen = values.text("$kind")
  if (chosen === "amount" || chosen === "bogo" || chosen === "percent") return chosen
  if (values.text("bogo.buy") !== undefined) return "bogo"
  return values.text("percentOff") === undefined && values.text("code") !== undefined
    ? "amount"
    : "percent"
}

export function promotionForm(form: PromotionForm): Html {
  return html`<form class="stack" method="post" action="${url(form.action)}" data-keep>
    ${hidden("base", form.base)} ${form.conflict}
    ${form.isNew ? codeCard(form) : hidden("code", form.values.text("code") ?? "")}
    ${givesCard(form)} ${whereCard(form)} ${whenCard(form)} ${whomCard(form)}
    ${saveBar({
      label: form.isNew ? "Create code" : "Save changes",
      note: "Carts that hold the code are priced again at once.",
      discard: form.discard,
    })}
  </form>`
}

function codeCard(form: PromotionForm): Html {
  return card({
    title: "The code",
    padded: true,
    body: field({
      ...texts(form)("code"),
      label: "Code",
      hint: "What guests type: 2 to 40 letters, digits, - or _. It cannot be changed later.",
      required: true,
      maxlength: 40,
      autocomplete: "off",
    }),
  })
}

function givesCard(form: PromotionForm): Html {
  const { values, faults, file } = form
  const kind = kindOf(values)
  const text = texts(form)
  return card({
    title: "What it gives",
    padded: true,
    body: html`<div class="stack kinds">
      ${choice({
        name: "$kind",
        label: "Kind",
        bare: true,
        value: kind,
        error: errorOf(faults, "$kind") ?? errorOf(faults, ""),
        options: [
          { value: "percent", label: "A percentage off" },
          { value: "amount", label: "An amount off" },
          { value: "bogo", label: "Buy some, get some cheaper" },
        ],
      })}
      <div class="form when percent">
        ${field({ ...text("percentOff"), label: "Percentage off", suffix: "%", inputmode: "decimal", maxlength: 9 })}
      </div>
      <div class="form when amount">
        ${file.priceLists.map(({ currency }) =>
          moneyField({
            ...text(`amountOff.${currency}`),
            currency,
            label: `Off in ${currency.toUpperCase()}`,
          }),
        )}
        ${select({
          ...text("per"),
          label: "Comes off",
          options: [
            { value: "order", label: "Once an order" },
            { value: "ticket", label: "Each ticket" },
          ],
        })}
      </div>
      <div class="form when bogo">
        ${field({ ...text("bogo.buy"), label: "Buy", type: "number", min: 1, max: 100 })}
        ${field({ ...text("bogo.get"), label: "Get", type: "number", min: 1, max: 100 })}
        ${field({
          ...text("bogo.percentOff"),
          value: values.text("bogo.percentOff") ?? "100",
          label: "At",
          suffix: "% off",
          inputmode: "decimal",
          hint: "100 is free.",
        })}
        ${select({
          ...text("bogo.within"),
          label: "Counted together",
          options: [
            { value: "event", label: "Tickets for one event" },
            { value: "price-type", label: "Tickets of one type" },
            { value: "order", label: "All tickets of the order" },
          ],
          hint: "The cheapest of them are the cheaper ones.",
        })}
      </div>
    </div>`,
  })
}

function whereCard(form: PromotionForm): Html {
  const { values, faults } = form
  return card({
    title: "What it is for",
    padded: true,
    body: html`${choice({
      name: "appliesTo",
      label: "Products",
      value: values.text("appliesTo") ?? "tickets",
      error: errorOf(faults, "appliesTo"),
      options: [
        { value: "tickets", label: "Tickets" },
        { value: "everything", label: "Tickets and everything else" },
      ],
    })}
    ${eventTicks(form)}`,
  })
}

function whenCard(form: PromotionForm): Html {
  const { file } = form
  const text = texts(form)
  const zone = `Clock of ${file.account.timeZone.replaceAll("_", " ")}.`
  return card({
    title: "When, and how often",
    padded: true,
    body: html`<div class="form">
      ${field({ ...text("starts"), label: "Starts", type: "datetime-local", hint: "Empty: at once." })}
      ${field({ ...text("ends"), label: "Ends", type: "datetime-local", hint: zone })}
      ${field({
        ...text("usageLimit"),
        label: "Orders that may use it",
        type: "number",
        min: 1,
        hint: "Empty: any number.",
      })}
      ${file.priceLists.map(({ currency }) =>
        moneyField({
          ...text(`minimum.${currency}`),
          currency,
          label: `Order of at least, in ${currency.toUpperCase()}`,
          hint: "Of what it is for. Empty: any order.",
        }),
      )}
    </div>`,
  })
}

function whomCard({ values, faults }: PromotionForm): Html {
  const listFault =
    errorOf(faults, "audience.emails") ??
    faults.find(({ field: name }) => name.startsWith("audience.emails["))?.message
  return card({
    title: "For whom",
    padded: true,
    body: html`<div class="stack kinds">
      ${choice({
        name: "audience.who",
        label: "Who may use it",
        bare: true,
        value: values.text("audience.who") ?? "",
        error: errorOf(faults, "audience.who"),
        options: [
          { value: "", label: "Everybody" },
          {
            value: "first-time",
            label: "First orders",
            hint: "The e-mail address has not bought from you before.",
          },
          {
            value: "returning",
            label: "Returning guests",
            hint: "The e-mail address has bought from you before.",
          },
          { value: "listed", label: "A list of e-mail addresses" },
        ],
      })}
      <div class="when listed">
        ${textArea({
          name: "audience.emails",
          label: "Addresses",
          value: values.all("audience.emails").join("\n"),
          error: listFault,
          rows: 6,
          hint: "One a line, at most 1,000. A whole domain begins with @, like @university.example.",
        })}
      </div>
      <p class="hint">
        Judged when the form with the e-mail address is sent, and again when the order is paid.
        Guests are told why, and may go on without it.
      </p>
    </div>`,
  })
}
