import { at, type EventForm } from "#views/console/event-form.ts"
import { check, type Field, field, fieldId, hidden } from "#views/console/kit/form.ts"
import { html, type Html, url } from "#views/html.ts"

/** Where a picture is chosen: the file is sent as `$picture`, beside the path of the one that is kept already, which is `picture`. */
export function pictureField(
  item: Pick<Field, "label" | "error" | "hint" | "wide">,
  of = "",
): Html {
  return field({
    ...item,
    hint:
      item.hint ??
      "JPEG, PNG, WebP, GIF or AVIF, up to 10 MB. It is made smaller, and where and when it was taken is left out.",
    name: `${of}$picture`,
    id: fieldId(`${of}picture`),
    type: "file",
    accept: "image/jpeg,image/png,image/webp,image/gif,image/avif",
  })
}

/** A kept picture, where it is only to be known again. */
export function smallShown(path: string): Html {
  return html`<span class="thumb"
    ><img src="${url(smallPicture(path))}" alt="" width="40" height="40"
  /></span>`
}

/** A picture of ours in the size of a row; one of elsewhere as it is. */
export function smallPicture(path: string): string {
  return path.startsWith("/media/account/") ? `${path}?w=480` : path
}

/** A picture as it is, and a way to another one or none. `of`: whose it is, as "products[2]."; "" for the form's own. */
export function pictureFields(
  form: EventForm,
  of: string,
  view: {
    readonly shown: (path: string) => Html
    /** Instead, where there is none. */
    readonly none?: Html
    readonly hint?: string
  },
): Html {
  const { value, error } = at(form, `${of}picture`)
  const isNone = value === ""
  return html`${hidden(`${of}picture`, value)} ${isNone ? view.none : view.shown(value)}
  ${pictureField({ label: isNone ? "Choose a picture" : "Choose another picture", error, hint: view.hint }, of)}
  ${!isNone && check({ name: `${of}$unpicture`, label: "Show no picture", checked: false })}`
}
