// The demo's corner panel: what the pixels were told, how the visitor arrived, what they agreed to, and where the order can be looked at.
;(() => {
  const panel = document.querySelector("#demo-panel")
  const toggle = panel.querySelector(".demo-toggle")
  const count = panel.querySelector(".demo-count")
  const list = panel.querySelector(".demo-calls")
  const arrival = panel.querySelector(".demo-arrival")
  const orders = panel.querySelector(".demo-orders")
  const banner = document.querySelector("#demo-consent")
  const choices = panel.querySelectorAll("[name=demo-consent]")
  const consentKey = "demo-consent"

  const open = (wanted) => {
    panel.classList.toggle("demo-open", wanted)
    panel.classList.remove("demo-news")
    toggle.setAttribute("aria-expanded", String(wanted))
  }
  toggle.addEventListener("click", () => open(!panel.classList.contains("demo-open")))
  panel.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return
    open(false)
    toggle.focus()
  })

  const text = (tag, content, className) => {
    const element = document.createElement(tag)
    element.textContent = content
    if (className) element.className = className
    return element
  }

  const showCalls = () => {
    const calls = window.demoPixelCalls ?? []
    count.textContent = String(calls.length)
    list.replaceChildren(
      ...calls.toReversed().map(({ library, args, at }) => {
        const item = document.createElement("li")
        const words = args.map((arg) => (typeof arg === "string" ? arg : ""))
        const head = text("p", "", "demo-call")
        head.append(text("b", library), " ", words.filter(Boolean).join(" · "))
        head.append(text("time", at.toLocaleTimeString([], { hour12: false })))
        item.append(head)
        for (const arg of args)
          if (typeof arg === "object" && arg !== null)
            item.append(text("pre", JSON.stringify(arg, null, 2)))
        return item
      }),
    )
  }
  window.addEventListener("demo:pixel", showCalls)
  showCalls()

  const known =
    /^(utm_\w+|gclid|gbraid|wbraid|fbclid|rdt_cid|msclkid|ttclid|ref|customer_referral_code|access_code)$/
  const came = [...new URLSearchParams(location.search)].filter(([name]) => known.test(name))
  for (const [name, value] of came) arrival.append(text("dt", name), text("dd", value))
  if (came.length === 0) arrival.append(text("dd", "directly, with no campaign in the address"))

  const setConsent = (consent) => {
    for (const element of document.querySelectorAll("foyer-checkout"))
      element.setAttribute("consent", consent)
    for (const choice of choices) choice.checked = choice.value === consent
    banner.hidden = consent !== "unknown"
  }
  const choose = (consent) => {
    localStorage.setItem(consentKey, consent)
    setConsent(consent)
  }
  for (const choice of choices) choice.addEventListener("change", () => choose(choice.value))
  for (const button of banner.querySelectorAll("button"))
    button.addEventListener("click", () => choose(button.value))
  setConsent(localStorage.getItem(consentKey) ?? "unknown")

  document.addEventListener("foyer:purchase", ({ detail }) => {
    const item = document.createElement("li")
    const link = text("a", `See what was recorded for ${detail.transaction_id}`)
    link.href = `${panel.dataset.server}/demo/record/${encodeURIComponent(detail.transaction_id)}`
    link.target = "_blank"
    item.append(link)
    orders.prepend(item)
    orders.parentElement.hidden = false
    // Told by colour only: the shopper is looking at the tickets.
    panel.classList.add("demo-news")
  })
})()
