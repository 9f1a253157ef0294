import type { Server } from "node:http"

/** A start that the operator can mend: the process says its message and ends, without a stack trace. */
export class StartRefused extends Error {
  override readonly name = "StartRefused"
}

export type Wish = {
  /** 0 lets the system choose. */
  readonly port: number
  /** Every interface when absent. */
  readonly host?: string | undefined
  /** The variable that an operator can set when the port is taken. */
  readonly variable: string
}

/** Listens and answers the port. Refuses (`StartRefused`) a port that is taken or not allowed. */
export async function listen(server: Server, wish: Wish): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(explain(error, wish)))
    server.listen({ port: wish.port, host: wish.host }, resolve)
  })
  const address = server.address()
  return address && typeof address === "object" ? address.port : wish.port
}

function explain(error: NodeJS.ErrnoException, wish: Wish): Error {
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
