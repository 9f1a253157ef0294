// What each room must refuse, and a little of what it must allow: [file, source, rule that refuses it or null].
const imports = "no-restricted-imports"
const take = (from) => `import { x } from "${from}"\nexport const y = x\n`
const takeType = (from) => `import type { X } from "${from}"\nexport type Y = X\n`

function room(folder, { refused, allowed }) {
  return [
    ...[...refused, "../elsewhere.ts"].map((from) => [folder, take(from), imports]),
    ...allowed.map((from) => [folder, take(from), null]),
  ]
}

export const fixtures = [
  ...room("shared/src", {
    refused: ["node:fs", "lit", "@foyer/server/app.ts", "uuid"],
    allowed: ["./parse.ts"],
  }),
  ...room("server/src/core", {
    refused: ["node:crypto", "pg", "uuid", "#store/db.ts", "#flows/pay.ts", "#views/html.ts"],
    allowed: ["#core/money.ts", "@foyer/shared/protocol", "temporal-polyfill"],
  }),
  ...room("server/src/store", {
    refused: ["#store/carts.ts", "./carts.ts", "#flows/pay.ts", "#views/html.ts", "#web/http.ts"],
    allowed: ["#core/money.ts", "#store/db.ts", "#store/schema.ts", "drizzle-orm", "pg"],
  }),
  ["server/src/store", take("pg-boss"), imports],
  ["server/src/store/queue.ts", take("pg-boss"), null],
  ["server/src/store/ids.ts", take("uuid"), null],
  ["server/src/store/stock-commit.ts", take("#store/carts.ts"), null],
  ["server/src/store/stock-commit.ts", take("#flows/pay.ts"), imports],
  ...room("server/src/gateways", {
    refused: [
      "#store/db.ts",
      "#flows/pay.ts",
      "#views/html.ts",
      "#web/http.ts",
      "#config.ts",
      "pg",
    ],
    allowed: ["#core/money.ts", "stripe", "@foyer/shared/protocol"],
  }),
  ...room("server/src/flows", {
    refused: ["#views/html.ts", "#web/http.ts", "#jobs/work.ts", "drizzle-orm", "pg", "stripe"],
    allowed: ["#core/money.ts", "#store/carts.ts", "./pay.ts", "@foyer/shared/protocol"],
  }),
  ["server/src/flows", take("#gateways/stripe.ts"), imports],
  ["server/src/flows", takeType("#gateways/stripe.ts"), null],
  ...room("server/src/views", {
    refused: ["node:fs", "#store/db.ts", "#flows/pay.ts", "#web/http.ts", "stripe", "hono"],
    allowed: ["#core/money.ts", "#views/html.ts", "@foyer/shared/protocol", "d3-scale", "qr"],
  }),
  ...room("server/src/documents", {
    refused: ["#store/db.ts", "#flows/pay.ts", "#web/http.ts", "#views/cart.ts", "pg"],
    allowed: [
      "#core/money.ts",
      "#views/words/en.ts",
      "ics",
      "qr",
      "sharp",
      "parse5",
      "ical.js",
      "csv-parse/sync",
    ],
  }),
  ...room("server/src/web", {
    refused: ["#store/carts.ts", "#store/db.ts", "drizzle-orm", "pg", "stripe", "#jobs/work.ts"],
    allowed: ["#core/money.ts", "#flows/pay.ts", "hono", "socket.io", "pino", "node:fs/promises"],
  }),
  ...room("server/src/jobs", {
    refused: ["#store/carts.ts", "#store/db.ts", "drizzle-orm", "pg", "stripe", "#web/http.ts"],
    allowed: ["#core/money.ts", "#flows/pay.ts", "#views/html.ts", "pg-boss", "pino"],
  }),
  ...["core", "store", "gateways", "flows", "views", "documents", "web", "jobs"].flatMap((name) =>
    ["#app.ts", "#sandbox/postgres.ts", "#testing/database.ts"].map((from) => [
      `server/src/${name}`,
      take(from),
      imports,
    ]),
  ),
  ...room("widget/src", {
    refused: ["node:fs", "@foyer/server/app.ts", "@stripe/stripe-js", "stripe", "uuid"],
    allowed: ["./morph.ts", "@foyer/shared/protocol", "lit", "idiomorph", "@stripe/stripe-js/pure"],
  }),
  ["widget/src", takeType("@stripe/stripe-js"), null],
  ...room("e2e/support", {
    refused: ["@foyer/server/core/money.ts", "@foyer/server/store/db.ts", "#flows/pay.ts"],
    allowed: ["#support/verbs.ts", "@playwright/test", "@foyer/server/app.ts", "pg"],
  }),
  ["e2e/tests/planted.spec.ts", take("@foyer/server/store/carts.ts"), imports],
  ["scripts/planted.mjs", 'import { x } from "turbo"\nexport const y = x\n', imports],

  ["server/src/core", "export const now = () => Date.now()\n", "no-restricted-properties"],
  ["server/src/core", "export const now = () => new Date()\n", "no-hidden-clock"],
  ["server/src/views", "export const now = () => new Date()\n", "no-hidden-clock"],
  ["server/src/core", "export const at = (iso: string) => new Date(iso)\n", null],
  ["server/src/core", "export const dice = () => Math.random()\n", "no-restricted-properties"],
  ["server/src/views", "export const dice = () => Math.random()\n", "no-restricted-properties"],
  ["server/src/core", 'export const say = () => console.log("x")\n', "no-restricted-globals"],
  ["server/src/views", "export async function view() {}\n", "no-async"],
  ["server/src/flows", 'export const key = process.env["KEY"]\n', "no-restricted-properties"],
  ["server/src/app.ts", "export const key = process.env.KEY\n", "no-restricted-properties"],
  ["server/src/web", take("node:process"), imports],
  ["server/src/config.ts", "export const key = process.env\n", null],
  ["server/src/flows", "export const f = (db: Db) => db.transaction(g)\n", "no-db-transaction"],
  ["server/src/flows", "export default 1\n", "no-default-export"],
  ["server/src/flows", "export const x: any = 1\n", "no-explicit-any"],
  ["server/src/flows", "export const f = (x?: string) => x!\n", "no-non-null-assertion"],
  ["server/src/flows/planted.test.ts", "export const f = (x?: string) => x!\n", null],
  ["server/src/flows/NotKebab.ts", "export const x = 1\n", "filename-case"],
  [
    "server/src/flows/loop-a.ts",
    'import { b } from "./loop-b.ts"\nexport const a = b\n',
    "no-cycle",
  ],
  [
    "server/src/flows/loop-b.ts",
    'import { a } from "./loop-a.ts"\nexport const b = a\n',
    "no-cycle",
  ],
  [
    "server/src/core/ring-a.ts",
    'import { b } from "#core/ring-b.ts"\nexport const a = b\n',
    "no-cycle",
  ],
  [
    "server/src/core/ring-b.ts",
    'import { a } from "#core/ring-a.ts"\nexport const b = a\n',
    "no-cycle",
  ],
]
