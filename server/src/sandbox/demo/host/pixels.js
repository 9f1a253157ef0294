// Stand-ins for the vendors' libraries: they record what they are told, for the panel in the corner to show.
;(() => {
  const calls = []
  const record =
    (library) =>
    (...args) => {
      calls.push({ library, args, at: new Date() })
      window.dispatchEvent(new Event("demo:pixel"))
    }
  window.demoPixelCalls = calls
  window.fbq = record("fbq")
  window.gtag = record("gtag")
  window.rdt = record("rdt")

  // What such a site does by itself on each page.
  window.fbq("track", "PageView")
  window.gtag("event", "page_view")
  window.rdt("track", "PageVisit")
})()
