type Listener = (...details: unknown[]) => void

/** The part of socket.io's emitter that its manager, its socket and the widget's engine use; the build puts it in the place of theirs. */
export class Emitter {
  readonly #listeners = new Map<string, Listener[]>()

  on(event: string, listener: Listener): this {
    this.#listeners.set(event, [...this.listeners(event), listener])
    return this
  }

  /** Without a listener all of the event's, without an event all. */
  off(event?: string, listener?: Listener): this {
    if (event === undefined) this.#listeners.clear()
    else
      this.#listeners.set(
        event,
        this.listeners(event).filter((each) => listener !== undefined && each !== listener),
      )
    return this
  }

  emit(event: string, ...details: unknown[]): this {
    for (const listener of this.listeners(event)) listener.apply(this, details)
    return this
  }

  emitReserved(event: string, ...details: unknown[]): this {
    return Emitter.prototype.emit.call(this, event, ...details) as this
  }

  listeners(event: string): readonly Listener[] {
    return this.#listeners.get(event) ?? []
  }
}
