/**
 * How fragments speak to the widget: the data attributes its one listener understands.
 *
 * - `data-command` on a button or form: send that command. A button's `data-input` is its JSON data; a form sends `{ values }` of its named controls
 *   (`data-each` names the single control whose value is sent under that key instead: `apply-promo` sends `{ code }`).
 * - `data-on="change"` on a form: also send when a control changes: `save-details` where its command is `submit-details`, else its own command.
 * - `data-go` on a link or button: JSON of a Place to navigate to.
 * - `data-stepper` on a group: JSON `{ price, quantity, min, max }`; its buttons carry `data-step="1"` or `"-1"`, its `<output>` the number,
 *   an `input[data-amount]` inside the same `[data-line]` the pay-what-you-like amount.
 * - `data-fill` on a button: JSON `{ control, value }` puts a value into a control of the form (e-mail suggestion) and saves.
 * - `data-focus` on a button: id of the control that takes the focus, or of a group whose first control does (never a `#` link: the hash is the host's).
 * - `data-until` on a `<time>`: ISO instant; the widget keeps its text at the time left, `m:ss`. At zero it asks for a fresh frame.
 * - `data-copy` on a button: text to copy. `data-copied` its label afterwards.
 * - `data-server-value` on a control: the server's value wins over what was typed.
 * - `data-pay` on a button: JSON `{ amountMinor, currency }`: submits the payment form, then sends `pay`.
 * - `data-or` around the payment slot: the words between the wallets' buttons and the card form.
 * - `data-region` on an element of the layout: the container whose inner HTML is that region.
 */
export const attributes = {
  command: "data-command",
  input: "data-input",
  on: "data-on",
  each: "data-each",
  go: "data-go",
  stepper: "data-stepper",
  step: "data-step",
  line: "data-line",
  amount: "data-amount",
  fill: "data-fill",
  focus: "data-focus",
  until: "data-until",
  copy: "data-copy",
  copied: "data-copied",
  serverValue: "data-server-value",
  pay: "data-pay",
  or: "data-or",
  region: "data-region",
} as const

/** The light-DOM child Stripe mounts in, and the slot of the fragment that shows it. */
export const paymentSlot = "foyer-payment"
