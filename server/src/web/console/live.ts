import type { Namespace, Server, Socket } from "socket.io"
import { findVisit } from "#flows/find-visit.ts"
import type { WebDeps } from "#web/deps.ts"
import type { Drain } from "#web/drain.ts"
import type { LiveRoom } from "#web/live.ts"

/** A console page looks again at most this often. */
const pauseMs = 500
/** What one act changes is told once. */
const coalesceMs = 50
/** From when a page is made until it listens: what changed meanwhile it is told when it comes. */
const arrivalMs = 10_000

type ConsoleLiveDeps = WebDeps & { readonly room: LiveRoom }

/**
 * Serves the namespace `/console`: tells the open console pages of an account that something changed, and nothing else: each page asks for
 * itself again, with its own cookie, and is shown what its visitor may see. Only members of the account are let in.
 */
export function serveConsoleLive(io: Server, deps: ConsoleLiveDeps, drain: Drain): void {
  const pages = io.of("/console")
  pages.use((socket, next) => void drain.run(() => admit(deps, socket, next)))
  const changedAtMs = new Map<string, number>()
  pages.on("connection", (socket) => {
    const { accountId } = socket.data as Admitted
    void socket.join(accountId)
    const sinceMs = performance.now() - (changedAtMs.get(accountId) ?? -Infinity)
    if (sinceMs < arrivalMs) socket.emit("changed")
  })
  const tell = openTeller(pages)
  deps.room.watch((accountId) => {
    changedAtMs.set(accountId, performance.now())
    tell(accountId)
  })
}

type Admitted = { accountId: string }

/** Reads who it is. A page that is turned away shows what it has; asking again by HTTP leads it to sign-in. */
async function admit(
  deps: ConsoleLiveDeps,
  socket: Socket,
  next: (refused?: Error) => void,
): Promise<void> {
  try {
    const accountId = await accountOf(deps, socket)
    if (accountId === undefined) return next(new Error("not signed in"))
    Object.assign(socket.data as object, { accountId } satisfies Admitted)
    next()
  } catch (error) {
    deps.log.error({ error }, "a console page could not be let in")
    // No refusal: the page comes back by itself.
    socket.conn.close()
  }
}

/** A page of another site has the cookie as well, so where it comes from is asked first. */
async function accountOf(
  { publicUrl, signIn, ...deps }: ConsoleLiveDeps,
  { handshake }: Socket,
): Promise<string | undefined> {
  if (handshake.headers.origin !== publicUrl) return undefined
  const slug: unknown = handshake.auth["account"]
  if (typeof slug !== "string") return undefined
  const found = await signIn.whoIs(handshake.headers.cookie)
  const visit = found && (await findVisit(deps, found.person.id, slug))
  return visit?.account.id
}

/** The first change is told at once, those after it together. */
function openTeller(pages: Namespace): (accountId: string) => void {
  const resting = new Map<string, { isNews: boolean }>()
  const tell = (accountId: string) => {
    const rest = { isNews: false }
    resting.set(accountId, rest)
    pages.to(accountId).emit("changed")
    setTimeout(() => {
      resting.delete(accountId)
      if (rest.isNews) tell(accountId)
    }, pauseMs).unref()
  }
  return (accountId) => {
    const rest = resting.get(accountId)
    if (rest) rest.isNews = true
    else if (pages.adapter.rooms.has(accountId)) {
      const starting = { isNews: false }
      resting.set(accountId, starting)
      setTimeout(() => tell(accountId), coalesceMs).unref()
    }
  }
}
