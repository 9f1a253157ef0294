import { connect, dress, part } from "./frame.js"

/** @type {import("./frame.js").Host | undefined} */
let host

connect((initial, to) => {
  const isFirst = host !== to
  host = to
  dress(initial)
  part("pay").style.setProperty("min-height", `${initial.options?.buttonHeight ?? 48}px`)
  if (!isFirst) return
  const availablePaymentMethods = {
    applePay: false,
    googlePay: true,
    link: false,
    amazonPay: false,
    paypal: false,
    klarna: false,
  }
  host.tell("ready", { availablePaymentMethods })
}, {})

part("pay").addEventListener("click", () => host?.tell("click"))
