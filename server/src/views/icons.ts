import { html, type Html } from "#views/html.ts"

/** Line icons, 20 by 20, drawn in the text's colour and never read out. */
function icon(shape: Html): Html {
  return html`<svg class="i" viewBox="0 0 20 20" aria-hidden="true">${shape}</svg>`
}

/** Mirrored where text runs from right to left. */
export const backIcon = html`<svg class="i flip" viewBox="0 0 20 20" aria-hidden="true">
  <path d="M12.2 4.5 6.7 10l5.5 5.5" />
</svg>`
export const minusIcon = icon(html`<path d="M4.5 10h11" />`)
export const plusIcon = icon(html`<path d="M10 4.5v11M4.5 10h11" />`)
export const clockIcon = icon(
  html`<circle cx="10" cy="10" r="7.2" /> <path d="M10 5.8V10l2.8 1.8" />`,
)
export const tickIcon = icon(html`<path d="m4.5 10.5 3.7 3.7 7.3-8" />`)
export const tagIcon = icon(
  html`<path d="M3 3.5h6.2l7.6 7.6-5.7 5.7L3.5 9.2z" /> <circle cx="6.6" cy="6.8" r=".6" />`,
)
export const alertIcon = icon(
  html`<circle cx="10" cy="10" r="7.2" /> <path d="M10 6.2v4.6M10 13.6v.1" />`,
)
export const lockIcon = icon(
  html`<rect x="4" y="9" width="12" height="8" rx="2" />
    <path d="M6.8 9V6.4a3.2 3.2 0 0 1 6.4 0V9" />`,
)
export const pinIcon = icon(
  html`<path d="M10 17.5s5.6-4.9 5.6-9.2a5.6 5.6 0 1 0-11.2 0c0 4.3 5.6 9.2 5.6 9.2Z" />
    <circle cx="10" cy="8.3" r="1.9" />`,
)
export const downIcon = icon(html`<path d="m4.5 7.8 5.5 5.5 5.5-5.5" />`)
export const outIcon = icon(
  html`<path
    d="M11.5 3.5h5v5M16.5 3.5 9.5 10.5M14.5 12v3a1.5 1.5 0 0 1-1.5 1.5H5A1.5 1.5 0 0 1 3.5 15V7A1.5 1.5 0 0 1 5 5.5h3"
  />`,
)
export const calendarIcon = icon(
  html`<rect x="3" y="4.2" width="14" height="12.8" rx="2" />
    <path d="M3 8.4h14M7 2.5v3.2M13 2.5v3.2" />`,
)
export const copyIcon = icon(
  html`<rect x="7" y="7" width="10" height="10" rx="2" />
    <path d="M13 7V5a2 2 0 0 0-2-2H5a2 2 0 0 0-2 2v6a2 2 0 0 0 2 2h2" />`,
)
