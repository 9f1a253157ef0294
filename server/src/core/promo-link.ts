/** What the embed reads in the address of the page that it is on. */
export const promoParameter = "foyer-promo"

/** A page's address that brings a code along. What else is asked in it stays, a code that was in it does not. */
export function promoLink(page: string, code: string): string {
  const url = new URL(page)
  url.searchParams.set(promoParameter, code)
  return url.href
}

/** The same for a widget's page on this server. */
export function hostedPromoLink(publicUrl: string, widget: string, code: string): string {
  return `${publicUrl}/v1/w/${widget}?${new URLSearchParams({ promo: code }).toString()}`
}
