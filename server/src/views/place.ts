import type { Place } from "@foyer/shared/protocol"
import type { ScreenBase } from "#core/screen.ts"
import { html, type Html, json, none, url } from "#views/html.ts"

export type Link = {
  readonly id: string
  readonly class: string
  readonly label: Html | string
  /** Read out instead of the label. */
  readonly name?: string
  readonly part?: string
  /** It leads to where the shopper is. */
  readonly current?: boolean
}

/** A link within the widget; without its script it opens the same event on the hosted page. */
export function goLink(screen: ScreenBase, place: Place, link: Link): Html {
  return html`<a
    id="${link.id}"
    class="${link.class}"
    href="${url(hostedUrl(screen, place.event))}"
    data-go="${json(place)}"
    ${link.name === undefined ? none : html`aria-label="${link.name}"`}
    ${link.part === undefined ? none : html`part="${link.part}"`}
    ${link.current ? html`aria-current="true"` : none}
    >${link.label}</a
  >`
}

/** The hosted page of the widget on screen. */
export function hostedUrl(screen: ScreenBase, event?: string): string {
  const page = `${screen.publicUrl}/v1/w/${screen.shop.account.slug}/${screen.widget.slug}`
  return event === undefined ? page : `${page}?event=${encodeURIComponent(event)}`
}

/** A picture's address: always on our own server, whatever its path says. An uploaded one comes in the width that is needed. */
export function pictureUrl(
  screen: Pick<ScreenBase, "publicUrl">,
  path: string,
  widthPx?: number,
): string {
  const size = widthPx !== undefined && path.startsWith("/media/account/") ? `?w=${widthPx}` : ""
  return `${screen.publicUrl}/${path.replace(/^[/\\]+/, "")}${size}`
}
