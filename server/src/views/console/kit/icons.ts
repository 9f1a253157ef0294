import { html, type Html } from "#views/html.ts"

/** Line icons of the console, 20 by 20, in the colour of the text and never read out. */
const shapes = {
  today: "M3 10.5 10 4l7 6.5M5 9v7h10V9",
  events: "M4 5h12v11H4zM4 8.5h12M7 3v3M13 3v3",
  orders: "M5 3h10v14l-2.5-1.5L10 17l-2.5-1.5L5 17zM8 7h4M8 10.5h4",
  promotions: "M10.5 3H17v6.5L9.5 17 3 10.5zM13.6 6.4h.01",
  reports: "M4 16V9M8 16V4M12 16v-5M16 16V7M2.5 16h15",
  waitlist: "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM10 6v4l2.5 2",
  stock: "M10 3l7 3.5-7 3.5-7-3.5zM3 10l7 3.5 7-3.5M3 13.5 10 17l7-3.5",
  payouts: "M3 8l7-4.5L17 8zM5 8v6M8.5 8v6M11.5 8v6M15 8v6M3 16.5h14",
  widgets: "M7 6l-4 4 4 4M13 6l4 4-4 4M11 4 9 16",
  settings: "M3 6h8M15 6h2M3 14h2M9 14h8M13 4v4M7 12v4",
  next: "M8 5l5 5-5 5",
  previous: "M12 5l-5 5 5 5",
  "up-down": "M7 8l3-3 3 3M7 12l3 3 3-3",
  plus: "M10 4v12M4 10h12",
  copy: "M7 7h9v9H7zM4 13V4h9",
  download: "M10 3v10M6 9l4 4 4-4M4 17h12",
  upload: "M10 14V4M6 8l4-4 4 4M4 17h12",
  search: "M9 15A6 6 0 1 0 9 3a6 6 0 0 0 0 12zM13.5 13.5 17 17",
  check: "M4 10.5 8 14.5 16 6",
  alert: "M10 3.5 17.5 16.5h-15zM10 8.5v3.5M10 14.2h.01",
  info: "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM10 9v4.5M10 6.5h.01",
  close: "M5 5l10 10M15 5 5 15",
  dots: "M4.7 10h.6M9.7 10h.6M14.7 10h.6",
  link: "M8.5 11.5l3-3M7 9l-2 2a3 3 0 0 0 4 4l2-2M13 11l2-2a3 3 0 0 0-4-4L9 7",
  mail: "M3 5h14v10H3zM3 6l7 5 7-5",
  refund: "M4 8h8a4 4 0 0 1 0 8H8M7 5 4 8l3 3",
  ticket: "M3 6h14v3a1.5 1.5 0 0 0 0 3v3H3v-3a1.5 1.5 0 0 0 0-3zM12 6v9",
  swap: "M4 7h11l-3-3M16 13H5l3 3",
  external: "M8 4H4v12h12v-4M11 4h5v5M16 4l-7 7",
  menu: "M3 6h14M3 10h14M3 14h14",
  person: "M10 10a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM4 17c0-3 2.7-4.5 6-4.5s6 1.5 6 4.5",
  people:
    "M7.5 10a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM2.5 16c0-2.5 2-4 5-4s5 1.5 5 4M12.5 5.2a2.5 2.5 0 0 1 0 4.6M14 12.2c2.2.4 3.5 1.8 3.5 3.8",
  card: "M3 5h14v10H3zM3 8.5h14M6 12h3",
  trash: "M4 6h12M8 6V4h4v2M6 6l1 10h6l1-10",
  pencil: "M4 16l.8-3.5L13 4.3l2.7 2.7-8.2 8.2zM11.5 5.8l2.7 2.7",
  picture: "M3 4h14v12H3zM3 13l4-4 4 4 2-2 4 3M13.2 7.5h.01",
  globe: "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM3 10h14M10 3c4.5 4 4.5 10 0 14-4.5-4-4.5-10 0-14z",
  palette:
    "M10 17a7 7 0 1 1 7-7c0 2-1.5 2.5-3 2.5h-1.5c-1.5 0-2 1.5-1.2 2.5.7 1-.1 2-1.3 2zM6.5 9h.01M9 6.2h.01M13 7.5h.01",
  lock: "M5 9h10v8H5zM7 9V6.5a3 3 0 0 1 6 0V9",
  history: "M4 6.5A7 7 0 1 1 3 10M3 4v3.5h3.5M10 6.5V10l2.5 1.5",
  pause: "M7 5v10M13 5v10",
  play: "M6 4l10 6-10 6z",
  cart: "M3 4h2l2 9h8l2-6.5H6M8 16.5h.01M14 16.5h.01",
  pixel: "M3 10h3l2-5 4 10 2-5h3",
  bell: "M5 14h10l-1.2-2V9a3.8 3.8 0 0 0-7.6 0v3zM8.5 16.5h3",
} as const

export type IconName = keyof typeof shapes

export function icon(name: IconName): Html {
  return html`<svg class="i" viewBox="0 0 20 20" aria-hidden="true">
    <path d="${shapes[name]}" />
  </svg>`
}

/** The house mark: a door within a door. */
export const foyerMark: Html = html`<svg class="i" viewBox="0 0 20 20" aria-hidden="true">
  <path d="M3 17V9.5a7 7 0 0 1 14 0V17M7.5 17v-6a2.5 2.5 0 0 1 5 0v6" />
</svg>`

/** What stands above the words of an empty page. */
export const emptyDrawing: Html = html`<svg viewBox="0 0 160 96" fill="none" aria-hidden="true">
  <path class="base" d="M8 88h144" />
  <path class="hall" d="M48 88V52a32 32 0 0 1 64 0v36z" />
  <path class="before" d="M48 88V52a32 32 0 0 1 64 0v36" />
  <path class="now" d="M66 88V58a14 14 0 0 1 28 0v30" />
  <path
    class="base"
    d="M20 88V70m0 0a4 4 0 1 1 0-.1M34 88V74m0 0a4 4 0 1 1 0-.1M126 88V74m0 0a4 4 0 1 1 0-.1"
  />
</svg>`
