import { amnesia, endure, forgetful, type Ordeal } from "#testing/drills/stock-nemesis.ts"

/** `npm run drill -- nemesis [commands]`: 600 killed backends and 4 crashes in 100,000 commands, and two controls that must fail. */
export async function drillNemesis([commands = "100000"]: readonly string[]): Promise<string[]> {
  const count = Number(commands)
  const ordeal = { commands: count, kills: Math.ceil((count * 600) / 100_000), crashes: 4 }
  const { violations, ...survived } = await endure(ordeal)
  console.log(JSON.stringify(survived))
  return [
    ...violations,
    ...(await control("commits that are not waited for", { sabotage: forgetful, crashes: 1 })),
    ...(await control("no record of commands", { sabotage: amnesia, crashes: 0 })),
  ]
}

async function control(name: string, ordeal: Partial<Ordeal>): Promise<string[]> {
  const { violations } = await endure({ commands: 600, kills: 2, crashes: 0, ...ordeal })
  console.log(`control "${name}": ${violations[0] ?? "nothing was seen"}`)
  return violations.length > 0 ? [] : [`control "${name}" was not seen to fail`]
}
