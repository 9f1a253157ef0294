import { firstViewOfTwelve } from "#testing/twelve-events.ts"

process.stdout.write(JSON.stringify(await firstViewOfTwelve()))
