import { html, type Html } from "#views/html.ts"

const colors = ["#ffc24a", "#c7b4ff", "#4fd8b4", "#ff6b4a", "#5b9bff"]
const columns = 8
const rows = 4

/** Thrown the same way every time: a scattered grid, so that equal screens stay equal. */
const pieces = Array.from({ length: columns * rows }, (_, n) => {
  const scatter = (salt: number, range: number) => ((n + 1) * salt * 7919) % range
  const x = (n % columns) * 50 + 10 + scatter(3, 30)
  const y = Math.floor(n / columns) * 38 + 8 + scatter(5, 22)
  const color = colors[scatter(11, 101) % colors.length]
  return piece(n % 3, x, y, scatter(13, 360), color)
})

function piece(shape: number, x: number, y: number, turn: number, color = ""): Html {
  if (shape === 0) return html`<circle cx="${x}" cy="${y}" r="4.5" fill="${color}" />`
  const where = `translate(${x} ${y}) rotate(${turn})`
  if (shape === 1) return html`<path d="M-7-3h14v6h-14z" fill="${color}" transform="${where}" />`
  return html`<path
    d="M-9 0q4.5-8 9 0t9 0"
    fill="none"
    stroke="${color}"
    stroke-width="3.5"
    stroke-linecap="round"
    transform="${where}"
  />`
}

export const confetti = html`<svg
  class="confetti"
  viewBox="0 0 400 150"
  preserveAspectRatio="xMidYMid slice"
  aria-hidden="true"
>
  ${pieces}
</svg>`
