import { startTestServer } from "#testing/test-server.ts"

/** For Vitest and Playwright alike: starts the run's PostgreSQL and answers what ends it. */
export default async function setup(): Promise<() => Promise<void>> {
  const server = await startTestServer()
  return async () => server[Symbol.asyncDispose]()
}
