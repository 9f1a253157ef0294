// A server that starts the payment sandbox, says so, and waits to be killed.
import { startPaymentSandbox } from "./start.ts"

const sandbox = await startPaymentSandbox(JSON.parse(process.argv[2] ?? ""))
process.send?.({ secretKey: sandbox.secretKey })
process.once("disconnect", () => process.exit(1))
