/**
 * Carries word of changes between the processes of one installation. Only word: what changed is read from the database, so a message
 * that is lost or comes twice costs a later or a second look, never truth.
 */
export type ChangeBus = AsyncDisposable & {
  /** Tells every process that listens, this one too. At most `longestMessage` bytes. Rejects when the bus is not there. */
  publish(text: string): Promise<void>
}

export type BusListener = {
  heard(text: string): void
  /** The connection was gone for a while and is back: anything may have been said meanwhile. */
  missed(): void
}

/** PostgreSQL's NOTIFY takes less than 8,000 bytes. */
export const longestMessage = 7999
