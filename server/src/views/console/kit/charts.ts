import { scaleLinear } from "d3-scale"
import { area, line } from "d3-shape"
import { drill } from "#views/console/kit/card.ts"
import { table } from "#views/console/kit/table.ts"
import { html, type Html, none, type Part, url } from "#views/html.ts"

/** One column of a chart: a day, an hour. */
export type ChartPoint = {
  /** In full: "Thu 12 Nov", "13:00 to 13:59". */
  readonly label: string
  /** On the axis; the label where it is short enough. */
  readonly tick?: string | undefined
  /** Absent: still to come. */
  readonly now?: number | undefined
  /** The same column of the period before. */
  readonly before?: number | undefined
  /** What the column before is called: "13 Oct". */
  readonly beforeLabel?: string | undefined
  /** Not over yet: drawn pale or dotted. */
  readonly part?: boolean | undefined
  /** What it is made of. */
  readonly href?: string | undefined
}

export type Flag = { readonly at: number; readonly text: string }

export type Chart = {
  /** One of a kind on the page, and kept through a live update. */
  readonly id: string
  /** What is shown, with its unit: "Revenue by day in US dollars". */
  readonly title: string
  /** The finding, in a sentence. */
  readonly finding: string
  readonly points: readonly ChartPoint[]
  /** A value in full: "$502.00". */
  readonly value: (value: number) => string
  /** A value on the axis: "$500". */
  readonly axis: (value: number) => string
  /** "Today", "22 Oct to 20 Nov"; `before` only where there is something to compare with. */
  readonly names: {
    readonly now: string
    readonly before?: string | undefined
    readonly part?: string | undefined
  }
  /** What the columns are: "Hour", "Day". */
  readonly column: string
  /** What happened then; lettered on the base line, in words below. */
  readonly flags?: readonly Flag[] | undefined
  readonly low?: boolean | undefined
}

/** Values over time as a straight line: now solid, before dashed, the last part dotted. With its table. */
export function lineChart(chart: Chart): Html {
  return framed(chart, lines(chart, scaleOf(chart)), "line")
}

/** Amounts by column: now solid, before as an outlined bar behind it. With its table. */
export function barChart(chart: Chart): Html {
  return framed(chart, bars(chart, scaleOf(chart)), "bar")
}

type Scale = {
  /** From the top, in percent of the height. */
  readonly y: (value: number) => number
  /** From the highest to the lowest. */
  readonly ticks: readonly number[]
}

/** From zero, round steps, at most five lines; below zero only where something is. */
function scaleOf({ points }: Chart): Scale {
  const values = points.flatMap((point) => [point.now ?? 0, point.before ?? 0])
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)]
  const domain = low === 0 && high === 0 ? [0, 1] : [low, high]
  for (let wish = 4; ; wish -= 1) {
    const scale = scaleLinear().domain(domain).nice(wish).range([100, 0])
    const ticks = scale.ticks(wish)
    if (ticks.length <= 5 || wish === 1)
      return { y: (value) => scale(value), ticks: low === high ? [0] : ticks.toReversed() }
  }
}

function framed(chart: Chart, drawing: Html, kind: "line" | "bar"): Html {
  return html`${legend(chart, kind)}
    <div class="chart">
      <ol class="yaxis" aria-hidden="true">
        ${scaleOf(chart).ticks.map((tick) => html`<li>${chart.axis(tick)}</li>`)}
      </ol>
      <div class="plot${chart.low ? " low" : ""}">${drawing} ${hits(chart, kind)}</div>
    </div>
    ${flagWords(chart)} ${asTable(chart)}`
}

/** What the lines and bars mean. */
function legend({ names }: Chart, kind: "line" | "bar"): Html {
  const key = (drawing: Html, name: string) =>
    html`<span
      ><svg class="key" viewBox="0 0 18 10" aria-hidden="true">${drawing}</svg>${name}</span
    >`
  const line = kind === "line"
  return html`<div class="pad legend">
    ${key(line ? html`<path class="now" d="M1 5h16" />` : html`<rect class="bar" width="18" height="10" rx="2" />`, names.now)}
    ${
      names.part !== undefined &&
      key(
        line
          ? html`<path class="now part" d="M1 5h16" />`
          : html`<rect class="bar part" width="18" height="10" rx="2" />`,
        names.part,
      )
    }
    ${
      names.before !== undefined &&
      key(
        line
          ? html`<path class="before" d="M0 5h18" />`
          : html`<rect class="ghost" width="18" height="10" rx="2" />`,
        names.before,
      )
    }
  </div>`
}

function lines(chart: Chart, { y, ticks }: Scale): Html {
  const { points } = chart
  const at = (index: number) => ((index + 0.5) / points.length) * 1000
  const drawn = points.map((point, index) => ({ ...point, x: at(index) }))
  const over = drawn.filter((point) => point.now !== undefined && !point.part)
  const open = [
    ...over.slice(-1),
    ...drawn.filter((point) => point.now !== undefined && point.part),
  ]
  const path = line<(typeof drawn)[number]>()
    .x((point) => point.x)
    .digits(1)
  const filled = area<(typeof drawn)[number]>()
    .x((point) => point.x)
    .y0(y(0))
    .y1((point) => y(point.now ?? 0))
    .digits(1)
  const now = path.y((point) => y(point.now ?? 0))
  return html`<svg
    viewBox="0 0 1000 100"
    preserveAspectRatio="none"
    role="img"
    aria-labelledby="${chart.id}-title ${chart.id}-finding"
  >
    ${titles(chart)}
    ${ticks.map((tick) => html`<path class="${tick === 0 ? "base" : "grid"}" d="M0 ${fixed(y(tick))}H1000" />`)}
    ${over.length > 1 && html`<path class="area" d="${filled([...over, ...open.slice(1)])}" />`}
    <path
      class="before"
      d="${line<(typeof drawn)[number]>()
        .defined((point) => point.before !== undefined)
        .x((point) => point.x)
        .y((point) => y(point.before ?? 0))
        .digits(1)(drawn)}"
    />
    ${over.length > 0 && html`<path class="now" d="${now(over)}" />`}
    ${open.length > 1 && html`<path class="now part" d="${now(open)}" />`}
    ${over.length === 1 && dotAt(over[0], y)}
  </svg>`
}

/** A single value makes no line. */
function dotAt(
  point: { readonly x: number; readonly now?: number | undefined } | undefined,
  y: Scale["y"],
): Html {
  if (!point) return none
  return html`<path class="now dot" d="M${fixed(point.x)} ${fixed(y(point.now ?? 0))}h.01" />`
}

function bars(chart: Chart, { y, ticks }: Scale): Html {
  const { points } = chart
  const column = 100 / points.length
  return html`<svg role="img" aria-labelledby="${chart.id}-title ${chart.id}-finding">
    ${titles(chart)}
    ${ticks.map((tick) => html`<line class="${tick === 0 ? "base" : "grid"}" x2="100%" y1="${fixed(y(tick))}%" y2="${fixed(y(tick))}%" />`)}
    ${points.map((point, index) => bar("ghost", point.before, (index + 0.08) * column, column * 0.84, y))}
    ${points.map((point, index) =>
      bar(point.part ? "bar part" : "bar", point.now, (index + 0.28) * column, column * 0.44, y),
    )}
  </svg>`
}

function bar(
  kind: string,
  value: number | undefined,
  x: number,
  width: number,
  y: Scale["y"],
): Html {
  if (value === undefined || value === 0) return none
  const [top, bottom] = [Math.min(y(value), y(0)), Math.max(y(value), y(0))]
  return html`<rect
    class="${kind}"
    x="${fixed(x)}%"
    y="${fixed(top)}%"
    width="${fixed(width)}%"
    height="${fixed(bottom - top)}%"
    rx="2"
  />`
}

function titles(chart: Chart): Html {
  return html`<title id="${chart.id}-title">${chart.title}</title>
    <desc id="${chart.id}-finding">${chart.finding}</desc>`
}

/** The columns under the pointer: dates, flags, and what each is worth. The table is the keyboard's way. */
function hits(chart: Chart, kind: "line" | "bar"): Html {
  const { points } = chart
  const step = Math.max(1, Math.ceil(points.length / (kind === "bar" ? 16 : 8)))
  const narrowStep = step * Math.max(1, Math.ceil(points.length / step / 5))
  return html`<div class="hits" aria-hidden="true">
    ${points.map((point, index) => {
      const inside = html`${index % step === 0 && html`<span class="x${index % narrowStep === 0 ? "" : " alt"}">${point.tick ?? point.label}</span>`}${flagAt(chart, index)}${tip(chart, point)}`
      const side = index < points.length / 2 ? "from-start" : "from-end"
      return point.href === undefined
        ? html`<span class="${side}">${inside}</span>`
        : html`<a class="${side}" href="${url(point.href)}" tabindex="-1">${inside}</a>`
    })}
  </div>`
}

function tip(chart: Chart, point: ChartPoint): Html {
  return html`<span class="tip"
    ><b>${point.label}</b><span>${chart.names.now}</span
    ><b>${point.now === undefined ? "to come" : chart.value(point.now)}</b>${
      point.before !== undefined &&
      html`<span>${point.beforeLabel ?? chart.names.before}</span
        ><span>${chart.value(point.before)}</span>`
    }</span
  >`
}

function flagAt({ flags = [] }: Chart, index: number): Part {
  const place = flags.findIndex((flag) => flag.at === index)
  return place >= 0 && html`<span class="flag">${letter(place)}</span>`
}

function flagWords({ flags = [] }: Chart): Html {
  if (flags.length === 0) return none
  return html`<p class="foot legend">
    ${flags.map((flag, index) => html`<span><b>${letter(index)}</b> ${flag.text}</span>`)}
  </p>`
}

function letter(index: number): string {
  return String.fromCodePoint(65 + (index % 26))
}

function asTable(chart: Chart): Html {
  const { names } = chart
  const value = (amount: number | undefined) => (amount === undefined ? "—" : chart.value(amount))
  return drill({
    title: "Read as a table",
    id: `${chart.id}-table`,
    body: table({
      caption: chart.title,
      columns: [
        { label: chart.column },
        { label: names.now, kind: "num" },
        ...(names.before === undefined ? [] : [{ label: names.before, kind: "num" as const }]),
      ],
      rows: chart.points
        .filter((point) => point.now !== undefined || point.before !== undefined)
        .map((point) => [
          point.href === undefined
            ? point.label
            : html`<a class="link" href="${url(point.href)}">${point.label}</a>`,
          point.part && point.now !== undefined
            ? html`${value(point.now)} <span class="sub">so far</span>`
            : value(point.now),
          ...(names.before === undefined ? [] : [value(point.before)]),
        ]),
    }),
  })
}

export type Rank = {
  readonly label: string
  readonly href?: string | undefined
  readonly value: number
  /** The value in full. */
  readonly text: string
  /** At the end: "35%". */
  readonly share?: string | undefined
  readonly before?: number | undefined
}

/** Bars by size, one scale, with an upright mark for the period before. */
export function rankBars(items: readonly Rank[]): Html {
  const most = Math.max(0, ...items.flatMap((item) => [item.value, item.before ?? 0]))
  const width = (value: number) => fixed(most === 0 ? 0 : (Math.max(0, value) / most) * 100)
  return html`<ol class="rank">
    ${items.map(
      (item) =>
        html`<li>
          ${item.href === undefined ? html`<span>${item.label}</span>` : html`<a href="${url(item.href)}">${item.label}</a>`}
          <b class="nw">${item.text}</b><span class="sub num">${item.share}</span>
          <svg aria-hidden="true">
            <rect class="ghost" width="100%" height="8" rx="4" />
            <rect class="bar" width="${width(item.value)}%" height="8" rx="4" />
            ${item.before !== undefined && html`<rect class="was" x="${width(item.before)}%" y="-2" width="2" height="12" />`}
          </svg>
        </li>`,
    )}
  </ol>`
}

/** The upright mark of `rankBars`, in words. */
export function rankLegend(before: string): Html {
  return html`<span class="legend"
    ><span
      ><svg class="key" viewBox="0 0 18 10" aria-hidden="true">
        <path class="was" d="M8 0h2v10H8z" /></svg
      >${before}</span
    ></span
  >`
}

export type FunnelStep = Omit<Rank, "share">

/** Steps of one way, each with its share of the step above. */
export function funnelBars(items: readonly FunnelStep[]): Html {
  return rankBars(
    items.map((item, index) => {
      const above = items[index - 1]?.value
      return above === undefined || above === 0
        ? item
        : { ...item, share: `${Math.round((item.value / above) * 100)}%` }
    }),
  )
}

/**
 * The small funnel of a row: each share of one hundred visits, the last solid. `most` is the greatest share of all rows, so rows compare.
 */
export function spark(item: {
  readonly shares: readonly number[]
  readonly most: number
  readonly says: string
}): Html {
  const height = 26
  return html`<svg
    class="spark"
    viewBox="0 0 ${item.shares.length * 22 - 2} ${height}"
    preserveAspectRatio="xMinYMid"
    role="img"
    aria-label="${item.says}"
  >
    ${item.shares.map((share, index) => {
      const tall = item.most <= 0 ? 0 : Math.min(1, Math.max(0, share) / item.most) * height
      return html`<rect class="ghost" x="${index * 22}" width="20" height="${height}" rx="2" />
        <rect
          class="bar${index === item.shares.length - 1 ? "" : " part"}"
          x="${index * 22}"
          y="${fixed(height - tall)}"
          width="20"
          height="${fixed(tall)}"
          rx="2"
        />`
    })}
  </svg>`
}

function fixed(value: number): string {
  return String(Number(value.toFixed(2)))
}
