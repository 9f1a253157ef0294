import type { CommandData } from "@foyer/shared/protocol"
import { beginPayment } from "#flows/begin-payment.ts"
import { cancelPayment } from "#flows/cancel-payment.ts"
import { completeCart } from "#flows/complete-order.ts"
import type { PaymentDeps } from "#flows/payment-deps.ts"
import { refundPayment } from "#flows/refund-payment.ts"
import type { ShopperCommand } from "#flows/shopper-command.ts"

/** What a process is doing when it dies, as data: another process can be told to do it. */
export type Act =
  | { readonly flow: "begin-payment"; readonly shopper: ShopperCommand<CommandData<"pay">> }
  | { readonly flow: "complete-order"; readonly shopper: ShopperCommand<unknown> }
  | { readonly flow: "cancel-payment"; readonly shopper: ShopperCommand<unknown> }
  | { readonly flow: "refund"; readonly refundId: string }

export async function perform(deps: PaymentDeps, act: Act): Promise<void> {
  switch (act.flow) {
    case "begin-payment":
      return void (await beginPayment(deps, act.shopper))
    case "complete-order":
      return void (await completeCart(deps, act.shopper))
    case "cancel-payment":
      return void (await cancelPayment(deps, act.shopper))
    case "refund":
      return refundPayment(deps, act)
  }
}
