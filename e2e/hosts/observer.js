// Before everything else on a host page: keeps what the page opens, what fails in it and what is said in its console.
window.observed = { sockets: 0, errors: [], said: [] }
addEventListener("error", ({ message }) => window.observed.errors.push(message))
addEventListener("unhandledrejection", ({ reason }) => window.observed.errors.push(String(reason)))
window.WebSocket = class extends WebSocket {
  constructor(...args) {
    super(...args)
    window.observed.sockets += 1
  }
}
for (const level of ["log", "info", "warn", "error"]) {
  const say = console[level]
  console[level] = (...words) => {
    window.observed.said.push(words.join(" "))
    say.apply(console, words)
  }
}
