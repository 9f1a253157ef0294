/** What is copied into a page, for one kind of site. */
export type Snippet = {
  readonly kind: "html" | "wordpress" | "squarespace" | "app"
  readonly title: string
  /** What to do, in order. */
  readonly steps: readonly string[]
  readonly code: string
  /** A second text, where one does not do. */
  readonly more?: { readonly title: string; readonly code: string }
}

export type SnippetPlace = {
  /** The server's origin. */
  readonly publicUrl: string
  /** `account/widget`. */
  readonly widget: string
  /** Begins at this event. */
  readonly event?: string
}

/** The same two lines for every site, and how each kind of site takes them. Slugs and our own origin need no escaping. */
export function snippetsFor(place: SnippetPlace): readonly Snippet[] {
  const { widget, event } = place
  const script = scriptAddress(place)
  const attributes = `widget="${widget}"${event === undefined ? "" : ` event="${event}"`}`
  const element = `<foyer-checkout ${attributes}></foyer-checkout>`
  const code = `<script src="${script}" async></script>\n${element}`
  return [
    {
      kind: "html",
      title: "HTML",
      steps: [
        "Paste both lines where the tickets shall be.",
        "The first line may stand anywhere in the page, once.",
      ],
      code,
    },
    {
      kind: "wordpress",
      title: "WordPress",
      steps: [
        "Open the page and add a “Custom HTML” block.",
        "Paste both lines and update the page.",
        "Does a plugin combine or delay scripts? Exclude this one there.",
      ],
      code,
      more: {
        title:
          "If your role may not post scripts: this in the theme’s functions.php, only the second line in the block",
        code: `add_action('wp_enqueue_scripts', function () {\n  wp_enqueue_script('foyer', '${script}', [], null, ['strategy' => 'async']);\n});`,
      },
    },
    {
      kind: "squarespace",
      title: "Squarespace",
      steps: [
        "Edit the page, add a “Code” block and choose HTML.",
        "Paste both lines and save.",
        "Look at it in a private window: the editor holds scripts back while you are logged in.",
      ],
      code,
    },
    {
      kind: "app",
      title: "React, Vue, Angular",
      steps: [
        "Put the script into the page’s shell, once.",
        "Render the element where the tickets shall be. It is an ordinary custom element: tell Vue with isCustomElement, Angular with CUSTOM_ELEMENTS_SCHEMA.",
      ],
      code: `<!-- index.html -->\n<script src="${script}" async></script>`,
      more: { title: "In the component", code: `<foyer-checkout ${attributes} />` },
    },
  ]
}

function scriptAddress({ publicUrl, widget, event }: SnippetPlace): string {
  const address = `${publicUrl}/v1/w/${widget}.js`
  return event === undefined ? address : `${address}?event=${event}`
}
