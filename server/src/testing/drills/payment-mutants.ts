import { randomUUID } from "node:crypto"
import type { ProviderAnswer } from "#gateways/payment-provider.ts"
import type { Case, Mutation } from "#testing/drills/payment-matrix.ts"

/** Programs that are wrong in one way, and where that must be seen: a matrix that lets one pass proves nothing. */
export const mutants: { readonly [name: string]: { mutate: Mutation; where: Partial<Case> } } = {
  "nobody looks before sending again": {
    mutate: (provider) => ({
      ...provider,
      findIntent: async () => ({ result: "ok", value: undefined }),
      findRefund: async () => ({ result: "ok", value: undefined }),
    }),
    where: { keys: "pruned" },
  },
  "a fresh key for each attempt": {
    mutate: (provider) => ({
      ...provider,
      createIntent: (wish) => provider.createIntent(wish, randomUUID()),
      createRefund: (wish) => provider.createRefund(wish, randomUUID()),
    }),
    where: { fault: "late" },
  },
  "no answer is taken for a no": {
    mutate: (provider) => ({
      ...provider,
      createIntent: async (...asked) => noForUnknown(await provider.createIntent(...asked)),
      createRefund: async (...asked) => noForUnknown(await provider.createRefund(...asked)),
    }),
    where: { fault: "drop responses" },
  },
  "a key that remembers a failure is kept": {
    mutate: (provider) => ({
      ...provider,
      createIntent: (wish, key) => provider.createIntent(wish, firstKey(key)),
      createRefund: (wish, key) => provider.createRefund(wish, firstKey(key)),
    }),
    where: { fault: "500", keys: "kept" },
  },
}

function noForUnknown<T>(answer: ProviderAnswer<T>): ProviderAnswer<T> {
  return answer.result === "unknown" ? { result: "rejected", code: answer.code } : answer
}

/** Without what a rotation added: `pay:<cart>:<revision>` or `refund:<id>`. */
function firstKey(key: string): string {
  return key
    .split(":")
    .slice(0, key.startsWith("pay:") ? 3 : 2)
    .join(":")
}
