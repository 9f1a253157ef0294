/**
 * Texts as they are made, for a file of any size: reads on only as the browser takes what was read, and stops when it goes away. A fault breaks
 * the download off, so that nobody takes half a file for a whole one.
 */
export function streamOf(texts: AsyncGenerator<string>): ReadableStream<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder()
  return new ReadableStream({
    async pull(controller) {
      const next = await texts.next()
      if (next.done) controller.close()
      else controller.enqueue(encoder.encode(next.value))
    },
    async cancel() {
      await texts.return(undefined)
    },
  })
}
