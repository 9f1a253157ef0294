import { isDeepStrictEqual } from "node:util"
import { setTimeout as pause } from "node:timers/promises"
import pg from "pg"
import type { CartCommand } from "#core/cart-change.ts"
import type { Outcome } from "#core/outcome.ts"
import type { Storefront } from "#core/storefront.ts"
import { openStockLane, type StockLane } from "#flows/stock-lane.ts"
import { tokenHash } from "#store/carts.ts"
import { openPool } from "#store/db.ts"
import { newId } from "#store/ids.ts"
import { appRole, migrate, readMigrations } from "#store/migrations.ts"
import { assertBooks } from "#testing/books.ts"
import { wanting } from "#testing/cart-world.ts"
import { type MortalPostgres, openMortalPostgres } from "#testing/drills/mortal-postgres.ts"
import {
  anEvent,
  aProduct,
  aStorefront,
  aToken,
  aVariant,
  insertStorefront,
} from "#testing/fixtures.ts"

export type Ordeal = {
  readonly commands: number
  readonly kills: number
  readonly crashes: number
  /** A way in which the database is wrong, as SQL: then something must be lost or done twice. */
  readonly sabotage?: readonly string[]
}

export type Survived = {
  readonly acknowledged: number
  readonly refused: number
  /** How often a command was sent again because nobody knew what had come of it. */
  readonly resent: number
  readonly kills: number
  readonly crashes: number
  readonly violations: readonly string[]
}

/** What is acknowledged to one shopper, who clicks only after the answer to the click before. */
type Clicker = {
  readonly token: string
  readonly quantities: Map<string, number>
  rev: number
}

type Answered = { readonly command: CartCommand; readonly outcome: Outcome }

/** Everything of one run. */
type Run = {
  readonly ordeal: Ordeal
  readonly database: MortalPostgres
  readonly shop: Storefront
  readonly lanes: readonly StockLane[]
  readonly clickers: readonly Clicker[]
  readonly answered: Answered[]
  readonly violations: string[]
  left: number
  resent: number
}

/** Fewer than the shoppers would like to have: some are refused. */
const places = 120
const mostEach = 5
const laneCount = 3
const clickerCount = 60

/**
 * Shoppers click through several processes' lanes while backends are killed and the database crashes; whoever gets no answer sends the same
 * command again, as the widget does. Then: what was acknowledged is there, nothing was done twice, a replay answers the same.
 */
export async function endure(ordeal: Ordeal): Promise<Survived> {
  await using database = await openMortalPostgres()
  const shop = fourVariants()
  await prepare(database.url, shop, ordeal)
  await using stack = new AsyncDisposableStack()
  const lanes = Array.from({ length: laneCount }, () => openLane(database.url, stack))
  const clickers = Array.from({ length: clickerCount }, newClicker)
  const answered: Answered[] = []
  const violations: string[] = []
  const { commands: left } = ordeal
  const run: Run = {
    ordeal,
    database,
    shop,
    lanes,
    clickers,
    answered,
    violations,
    left,
    resent: 0,
  }
  const [inflicted] = await Promise.all([torment(run), ...clickers.map((each) => click(run, each))])
  await judge(run)
  const refused = answered.filter(({ outcome }) => outcome.outcome === "refused").length
  const { resent } = run
  return { acknowledged: answered.length, refused, resent, ...inflicted, violations }
}

function fourVariants(): Storefront {
  const [showtime] = anEvent().showtimes
  const variants = Array.from({ length: 4 }, () => aVariant({ showtimeId: showtime!.id }))
  const events = [anEvent({ showtimes: [showtime!], products: [aProduct({ variants })] })]
  return aStorefront({ events })
}

const newClicker = (): Clicker => ({ token: aToken(), quantities: new Map(), rev: 0 })

async function prepare(url: string, shop: Storefront, { sabotage = [] }: Ordeal): Promise<void> {
  await migrate(url, await readMigrations())
  const owner = openOwner(url)
  await insertStorefront(owner, shop, places)
  for (const statement of sabotage) await owner.query(statement)
  await owner.end()
}

function openOwner(url: string): pg.Pool {
  const owner = new pg.Pool({ connectionString: url, max: 2 })
  // The server may be quicker to go than a connection that was told to.
  owner.on("error", () => {})
  return owner
}

function openLane(url: string, stack: AsyncDisposableStack): StockLane {
  const pool = openPool({ url, role: appRole, max: 4, report: () => {} })
  stack.defer(() => pool.end())
  return stack.use(openStockLane({ pool }))
}

async function click(run: Run, clicker: Clicker): Promise<void> {
  while (run.left-- > 0) {
    const lane = run.lanes[Math.floor(Math.random() * run.lanes.length)]!
    const { command, variantId, quantity } = nextCommand(run.shop, clicker)
    const outcome = await untilAnswered(run, lane, command)
    run.answered.push({ command, outcome })
    if (outcome.outcome !== "done") continue
    if (outcome.rev !== ++clicker.rev) {
      run.violations.push(`a click made revision ${outcome.rev}, not ${clicker.rev}`)
      clicker.rev = outcome.rev
    }
    clicker.quantities.set(variantId, quantity)
  }
}

/** Another quantity than now, of any variant. */
function nextCommand(shop: Storefront, { token, quantities }: Clicker) {
  const variants = shop.events[0]!.products[0]!.variants
  const { id: variantId, priceTypes } = variants[Math.floor(Math.random() * variants.length)]!
  const now = quantities.get(variantId) ?? 0
  const quantity = (now + 1 + Math.floor(Math.random() * mostEach)) % (mostEach + 1)
  const command = wanting(tokenHash(token).toString("hex"), variantId, quantity, {
    op: newId(),
    accountId: shop.account.id,
    requestHash: "00",
    opening: { regionId: shop.regions[0].id, locale: "en", holdMinutes: 120 },
    priceTypeId: priceTypes[0]!.id,
  })
  return { command, variantId, quantity }
}

async function untilAnswered(run: Run, lane: StockLane, command: CartCommand): Promise<Outcome> {
  for (;;) {
    try {
      return await lane.submit(command)
    } catch {
      run.resent++
      await pause(10)
    }
  }
}

/** Kills and crashes, spread over the commands. */
async function torment(run: Run): Promise<Pick<Survived, "kills" | "crashes">> {
  const { ordeal, database } = run
  let [kills, crashes] = [0, 0]
  const share = () => 1 - Math.max(run.left, 0) / ordeal.commands
  while (run.left > 0) {
    if (crashes < ordeal.crashes && share() > (crashes + 0.7) / ordeal.crashes) {
      await database.crash()
      crashes++
    } else if (kills < ordeal.kills && share() >= kills / ordeal.kills) {
      if (await database.killBackend().catch(() => false)) kills++
    } else await pause(2)
  }
  return { kills, crashes }
}

async function judge(run: Run): Promise<void> {
  const owner = openOwner(run.database.url)
  await judgeCommands(run, owner)
  await judgeCarts(run, owner)
  await judgeReplays(run)
  await judgeCommands(run, owner)
  await judgeCarts(run, owner)
  await judgeStock(run, owner)
  await owner.end()
}

async function judgeCommands({ answered, violations }: Run, owner: pg.Pool): Promise<void> {
  const { rows } = await owner.query<{ id: string; outcome: Outcome }>(
    "select command_id as id, outcome from ops.command where scope like 'cart:%'",
  )
  const kept = new Map(rows.map(({ id, outcome }) => [id, outcome]))
  const lost = answered.filter(
    ({ command, outcome }) => !isDeepStrictEqual(kept.get(command.op), outcome),
  )
  if (lost.length > 0) violations.push(`${lost.length} acknowledged commands are not there`)
  const extra = kept.size - (answered.length - lost.length)
  if (extra !== 0) violations.push(`${extra} commands are there that nobody was told of`)
}

async function judgeCarts({ clickers, violations }: Run, owner: pg.Pool): Promise<void> {
  const { rows } = await owner.query<{ token: string; rev: number; lines: object | null }>(
    `select encode(c.token_hash, 'hex') as token, c.rev,
       (select jsonb_object_agg(l.variant_id, l.quantity) from sales.cart_line l where l.cart_id = c.id) as lines from sales.cart c`,
  )
  const carts = new Map(rows.map(({ token, ...cart }) => [token, cart]))
  for (const { token, rev, quantities } of clickers) {
    const cart = carts.get(tokenHash(token).toString("hex")) ?? { rev: 0, lines: null }
    const lines = Object.fromEntries([...quantities].filter(([, quantity]) => quantity > 0))
    if (cart.rev !== rev || !isDeepStrictEqual(cart.lines ?? {}, lines))
      violations.push(`a cart at ${cart.rev} is not what its shopper was told (${rev})`)
  }
}

/** Old commands come again: they answer what they answered, and change nothing. */
async function judgeReplays(run: Run): Promise<void> {
  const { answered, lanes, violations } = run
  const step = Math.max(1, Math.floor(answered.length / 300))
  const again = answered.filter((_, index) => index % step === 0)
  const outcomes = await Promise.all(
    again.map(({ command }, index) => untilAnswered(run, lanes[index % lanes.length]!, command)),
  )
  const different = outcomes.filter(
    (outcome, index) => !isDeepStrictEqual(outcome, again[index]?.outcome),
  )
  if (different.length > 0)
    violations.push(`${different.length} of ${again.length} replays answered otherwise`)
}

async function judgeStock({ violations }: Run, owner: pg.Pool): Promise<void> {
  const books = await assertBooks(owner).then(
    () => [],
    (error: unknown) => String(error).split("\n"),
  )
  const { rows } = await owner.query<{ stream: string }>(
    "select stream from es.event group by stream having count(*) <> max(version)",
  )
  violations.push(...books, ...rows.map(({ stream }) => `${stream} has a gap`))
}

/** Commits are acknowledged before they are written: a crash loses them. */
export const forgetful = [
  "alter system set wal_writer_delay = '10s'",
  "select pg_reload_conf()",
  "alter database foyer set synchronous_commit = off",
]

/** No command leaves a trace. */
export const amnesia = [
  "create function ops.forget() returns trigger language plpgsql as $$ begin return null; end $$",
  "create trigger forget before insert on ops.command for each row execute function ops.forget()",
]
