import type { Server } from "node:http"

/** A start that the operator can mend: the process says its message and ends, without a stack trace. */
export class StartRefused extends Error {
  override readonly name = "StartRefused"
}

/** Listens and answers the port, which differs from the wish only when that was 0. `variable` is what the operator can set. */
export async function listen(
  server: Server,
  wish: { readonly port: number; readonly host: string; readonly variable: string },
): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(explain(error, wish)))
    server.listen(wish.port, wish.host, resolve)
  })
  const address = server.address()
  return address && typeof address === "object" ? address.port : wish.port
}

function explain(error: NodeJS.ErrnoException, wish: { port: number; variable: string }): Error {
  if (error.code === "EADDRINUSE")
    return new StartRefused(
      `port ${wish.port} is already taken: stop what listens there, or set ${wish.variable} to another port`,
    )
  if (error.code === "EACCES")
    return new StartRefused(
      `port ${wish.port} is not allowed for this user: set ${wish.variable} to a port above 1023`,
    )
  return error
}
