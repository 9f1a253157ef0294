import { amountText, connect, createMethod, part } from "./frame.js"

const holder = { name: "Sam Okafor", email: "sam.okafor@example.com" }

/** @type {import("./frame.js").Host | undefined} */
let host
let publishableKey = ""

connect((initial, to) => {
  host = to
  publishableKey = initial.publishableKey
  part("amount").textContent = amountText(initial)
}, {})

async function pay() {
  const made = await createMethod(publishableKey, {
    type: "card",
    "card[number]": "4242424242424242",
    "card[exp_month]": "12",
    "card[exp_year]": String(new Date().getFullYear() + 4),
    "card[cvc]": "123",
    "card[wallet]": "google_pay",
    "billing_details[name]": holder.name,
    "billing_details[email]": holder.email,
  })
  if ("id" in made) {
    const address = {
      line1: "214 Ossington Ave",
      line2: null,
      city: "Toronto",
      state: "ON",
      postal_code: "M6J 2Z9",
      country: "CA",
    }
    host?.tell("approved", { id: made.id, billingDetails: { ...holder, address } })
  } else part("error").textContent = "The wallet could not pay. Please try again."
}

part("form").addEventListener("submit", (event) => {
  event.preventDefault()
  void pay()
})
part("cancel").addEventListener("click", () => host?.tell("canceled"))
