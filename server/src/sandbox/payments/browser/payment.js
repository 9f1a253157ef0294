import { connect, createMethod, dress, input, part } from "./frame.js"

/** @typedef {import("./frame.js").Initial} Initial @typedef {import("./frame.js").Host} Host */

const words = {
  en: {
    number: "Card number",
    expiry: "Expiry",
    cvc: "Security code",
    card: "Card",
    redirect: "Bank redirect (sandbox)",
    bank: "You will go to the sandbox bank’s page, and come back here.",
    sandbox: "Payment sandbox – no real money",
    cards: "Test cards",
    ways: "Ways to pay",
    incomplete_number: "Your card number is incomplete.",
    invalid_number: "Your card number is invalid.",
    incomplete_expiry: "Your card’s expiration date is incomplete.",
    invalid_expiry_year_past: "Your card’s expiration date is in the past.",
    incomplete_cvc: "Your card’s security code is incomplete.",
  },
  fr: {
    number: "Numéro de carte",
    expiry: "Expiration",
    cvc: "Code de sécurité",
    card: "Carte",
    redirect: "Redirection (essai)",
    bank: "Vous irez sur la page de la banque d’essai, puis vous reviendrez ici.",
    sandbox: "Essai – aucun argent réel",
    cards: "Cartes d’essai",
    ways: "Moyens de paiement",
    incomplete_number: "Votre numéro de carte est incomplet.",
    invalid_number: "Votre numéro de carte n’est pas valide.",
    incomplete_expiry: "La date d’expiration de votre carte est incomplète.",
    invalid_expiry_year_past: "La date d’expiration de votre carte est passée.",
    incomplete_cvc: "Le code de sécurité de votre carte est incomplet.",
  },
}
const currentYear = new Date().getFullYear()
const fieldNames = /** @type {const} */ (["number", "expiry", "cvc"])

/** @type {Host | undefined} */
let host
/** @type {Initial | undefined} */
let initial
let say = words.en

/** @param {string} id */
const digitsOf = (id) => input(id).value.replaceAll(/\D/g, "")
const isAmex = () => /^3[47]/.test(digitsOf("number"))
const chosenType = () =>
  document.querySelector("input[name=type]:checked")?.getAttribute("value") === "card"
    ? "card"
    : "bancontact"

/** What is wrong with each field, if anything. @returns {Record<typeof fieldNames[number], keyof typeof words.en | undefined>} */
function faults() {
  const number = digitsOf("number")
  const expiry = digitsOf("expiry")
  return {
    number:
      number.length < (isAmex() ? 15 : 16)
        ? "incomplete_number"
        : isLuhn(number)
          ? undefined
          : "invalid_number",
    expiry:
      expiry.length < 4 || Number(expiry.slice(0, 2)) > 12 || expiry.startsWith("00")
        ? "incomplete_expiry"
        : isPast(expiry)
          ? "invalid_expiry_year_past"
          : undefined,
    cvc: digitsOf("cvc").length < (isAmex() ? 4 : 3) ? "incomplete_cvc" : undefined,
  }
}

/** @param {string} expiry four digits */
function isPast(expiry) {
  const year = 2000 + Number(expiry.slice(2, 4))
  return (
    year < currentYear ||
    (year === currentYear && Number(expiry.slice(0, 2)) < new Date().getMonth() + 1)
  )
}

/** @param {string} number */
function isLuhn(number) {
  const sum = Array.from(number)
    .reverse()
    .reduce((total, digit, place) => {
      const value = place % 2 === 0 ? Number(digit) : Number(digit) * 2
      return total + (value > 9 ? value - 9 : value)
    }, 0)
  return sum % 10 === 0
}

/** @param {typeof fieldNames[number]} name @param {string | undefined} message */
function showError(name, message) {
  const error = part(`${name}-error`)
  error.textContent = message ?? ""
  error.hidden = message === undefined
  input(name).setAttribute("aria-invalid", String(message !== undefined))
}

/** Writes digits in groups and leaves the caret behind the digit it was behind. @param {HTMLInputElement} field @param {(digits: string) => string} format */
function regroup(field, format) {
  const before = field.value
    .slice(0, field.selectionStart ?? field.value.length)
    .replaceAll(/\D/g, "").length
  const isAtEnd = (field.selectionStart ?? field.value.length) === field.value.length
  field.value = format(field.value.replaceAll(/\D/g, ""))
  let caret = 0
  for (let seen = 0; seen < before && caret < field.value.length; caret += 1) {
    if (/\d/.test(field.value[caret] ?? "")) seen += 1
  }
  const end = isAtEnd ? field.value.length : caret
  if (document.activeElement === field) field.setSelectionRange(end, end)
}

/** In groups as they stand on the card: 4-6-5 on American Express, fours on others. @param {string} digits */
function grouped(digits) {
  const parts = /^3[47]/.test(digits)
    ? /^(\d{0,4})(\d{0,6})(\d{0,5})/
    : /^(\d{0,4})(\d{0,4})(\d{0,4})(\d{0,4})/
  return (parts.exec(digits) ?? []).slice(1).filter(Boolean).join(" ")
}

/** @param {string} digits */
function formatExpiry(digits) {
  const padded = /^[2-9]/.test(digits) ? `0${digits}` : digits
  return padded.length < 3 ? padded : `${padded.slice(0, 2)} / ${padded.slice(2, 4)}`
}

function tellChange() {
  const type = chosenType()
  const isBare = fieldNames.every((name) => input(name).value === "")
  const isWhole = type !== "card" || Object.values(faults()).every((fault) => fault === undefined)
  host?.tell("change", {
    empty: type === "card" && isBare,
    complete: isWhole,
    collapsed: false,
    value: { type },
  })
}

function showType() {
  const isCard = chosenType() === "card"
  part("card-fields").hidden = !isCard
  part("bank-note").hidden = isCard
}

function submit() {
  const type = chosenType()
  if (type !== "card") return { selectedPaymentMethod: type }
  const found = faults()
  for (const name of fieldNames) showError(name, found[name] && say[found[name]])
  const first = fieldNames.find((name) => found[name] !== undefined)
  const code = first && found[first]
  if (first === undefined || code === undefined) return { selectedPaymentMethod: "card" }
  input(first).focus()
  return { error: { type: "validation_error", code, message: say[code] } }
}

/** @param {{ name?: string, email?: string, phone?: string }} billing */
function makeMethod(billing) {
  const publishableKey = initial?.publishableKey ?? ""
  const details = billingFields(billing)
  if (chosenType() !== "card")
    return createMethod(publishableKey, { type: "bancontact", ...details })
  const expiry = digitsOf("expiry")
  return createMethod(publishableKey, {
    type: "card",
    "card[number]": digitsOf("number"),
    "card[exp_month]": String(Number(expiry.slice(0, 2))),
    "card[exp_year]": String(2000 + Number(expiry.slice(2, 4))),
    "card[cvc]": digitsOf("cvc"),
    ...details,
  })
}

/** @param {{ name?: string, email?: string, phone?: string }} billing @returns {Record<string, string>} */
function billingFields({ name, email, phone }) {
  const given = Object.entries({ name, email, phone }).filter(([, value]) => value !== undefined)
  return Object.fromEntries(given.map(([key, value]) => [`billing_details[${key}]`, String(value)]))
}

/** @param {{ number: string, label: string }} card */
function cardItem({ number, label }) {
  const button = document.createElement("button")
  button.type = "button"
  const code = document.createElement("span")
  code.textContent = grouped(number)
  const text = document.createElement("span")
  text.textContent = label
  button.append(code, text)
  button.addEventListener("click", () => fill(number))
  const item = document.createElement("li")
  item.append(button)
  return item
}

/** @param {string} number */
function fill(number) {
  input("number").value = number
  regroup(input("number"), grouped)
  input("expiry").value = `12 / ${String(currentYear + 4).slice(2)}`
  input("cvc").value = isAmex() ? "1234" : "123"
  for (const name of fieldNames) showError(name, undefined)
  const card = document.querySelector("input[name=type][value=card]")
  if (card instanceof HTMLInputElement) card.checked = true
  showType()
  tellChange()
}

async function load() {
  const query = new URLSearchParams({ key: initial?.publishableKey ?? "" })
  const response = await fetch(`/v1/elements/sessions?${query}`)
  const session = await response.json()
  if (session.error) host?.tell("loaderror", { error: session.error })
  else {
    part("cards").replaceChildren(...session.test_cards.map(cardItem))
    host?.tell("ready")
  }
}

/** @param {Initial} next */
function applyWords(next) {
  say = (next.locale ?? navigator.language).startsWith("fr") ? words.fr : words.en
  for (const element of document.querySelectorAll("[data-word]")) {
    const name = /** @type {keyof typeof words.en} */ (element.getAttribute("data-word"))
    element.textContent = say[name]
  }
  for (const element of document.querySelectorAll("[data-label]"))
    element.setAttribute("aria-label", say.ways)
}

connect(
  (next, to) => {
    const isFirst = host !== to
    initial = next
    host = to
    dress(next)
    applyWords(next)
    if (isFirst) void load()
  },
  {
    submit,
    "create-payment-method": makeMethod,
    focus: () => input("number").focus(),
    blur: () => document.activeElement instanceof HTMLElement && document.activeElement.blur(),
    clear: () =>
      part("form") instanceof HTMLFormElement &&
      /** @type {HTMLFormElement} */ (part("form")).reset(),
  },
)

for (const name of fieldNames) {
  const tidy = () => {
    if (name === "number") regroup(input(name), grouped)
    else if (name === "expiry") regroup(input(name), formatExpiry)
    else input(name).value = digitsOf(name)
  }
  // Quick fingers type before this script runs.
  tidy()
  input(name).addEventListener("input", () => {
    tidy()
    showError(name, undefined)
    tellChange()
  })
  input(name).addEventListener("blur", () => {
    const fault = input(name).value === "" ? undefined : faults()[name]
    showError(name, fault && say[fault])
    host?.tell("blur")
  })
  input(name).addEventListener("focus", () => host?.tell("focus"))
}
part("form").addEventListener("submit", (event) => event.preventDefault())
part("form").addEventListener("change", (event) => {
  if (event.target instanceof HTMLInputElement && event.target.name === "type") {
    showType()
    tellChange()
  }
})
part("form").addEventListener("keydown", (event) => {
  if (event.key === "Escape") host?.tell("escape")
})
