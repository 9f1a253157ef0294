import { type Html, html } from "#views/html.ts"

/** A page of the demo on the server's own origin. */
export function demoDocument(title: string, body: Html): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title}</title>
        <link rel="stylesheet" href="/demo/pages/record.css" />
      </head>
      <body>
        <main>${body}</main>
      </body>
    </html>`.toString()
}
