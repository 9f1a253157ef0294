const own = /^data-foyer-(widget|event|promo|locale|currency|theme|consent|checkout)$/

/** `<div data-foyer-widget="account/widget">`, for editors that keep no unknown tags: the element moves in, and what was there is its fallback. */
export function upgradeDivs(): void {
  for (const div of document.querySelectorAll('div[data-foyer-widget*="/"]')) {
    if (div.querySelector("foyer-checkout")) continue
    const element = document.createElement("foyer-checkout")
    for (const { name, value } of div.attributes) {
      const [, attribute] = own.exec(name) ?? []
      if (attribute) element.setAttribute(attribute, value)
    }
    element.append(...div.childNodes)
    div.append(element)
  }
}
