// Loaded before every test file. Properties see the same random cases in every run: a commit that is green stays green. `EXPLORE=10 npm test unit`
// looks at other cases, ten times as many; what it finds is printed with the seed and path that repeat it.
import fc from "fast-check"

const times = Number(process.env["EXPLORE"] ?? 0)
fc.configureGlobal(times > 0 ? { numRuns: 100 * times } : { seed: 20_261_120 })
