import { createClient } from "@redis/client"
import type { BusListener, ChangeBus } from "#core/change-bus.ts"

const channel = "foyer:change"

/** `REDIS_URL` leads nowhere: a reason that the operator can act on. */
export class RedisRefused extends Error {
  override readonly name = "RedisRefused"
}

/**
 * Redis as the bus: one connection that listens, one that tells; both come back by themselves. Refuses (throws) when Redis cannot be
 * reached at the start.
 */
export async function openRedisBus(
  url: string,
  listener: BusListener,
  report: (error: unknown) => void,
): Promise<ChangeBus> {
  let isUp = false
  const open = () =>
    createClient({
      url,
      // Every Redis and its relatives speak it.
      RESP: 2,
      // What is said while nobody can hear it is old when they can.
      disableOfflineQueue: true,
      socket: { reconnectStrategy: (tries) => (isUp ? Math.min(100 * tries, 2000) : false) },
    }).on("error", report)
  const [listening, telling] = [open(), open()]
  try {
    await Promise.all([listening.connect(), telling.connect()])
    await listening.subscribe(channel, (text) => listener.heard(text))
  } catch (cause) {
    for (const client of [listening, telling]) if (client.isOpen) client.destroy()
    throw new RedisRefused("REDIS_URL leads to no Redis that can be reached", { cause })
  }
  isUp = true
  // Its subscription is there again by then.
  listening.on("ready", () => listener.missed())
  return {
    publish: async (text) => void (await telling.publish(channel, text)),
    async [Symbol.asyncDispose]() {
      for (const client of [listening, telling]) client.destroy()
    },
  }
}
