/** Every job there is and what it carries: ids only, so that a job that waits never works with old facts. */
export type JobData = {
  /** `resendId`: asked for again by somebody of the account, once for each id. */
  readonly "send-confirmation": {
    readonly orderId: string
    readonly accountId: string
    readonly resendId?: string
  }
  readonly "send-cancellation": {
    readonly orderId: string
    readonly accountId: string
    readonly mailId: string
  }
  readonly "send-recovery": { readonly cartId: string; readonly accountId: string }
  readonly "send-welcome": { readonly personId: string }
  readonly "send-reset": { readonly personId: string }
  readonly "send-invitation": { readonly invitationId: string; readonly accountId: string }
  readonly "apply-webhook": { readonly provider: string; readonly eventId: string }
  readonly "refund-payment": { readonly refundId: string }
  readonly "register-domain": { readonly domain: string }
  readonly "sweep-payments": NoData
  readonly "release-holds": NoData
  readonly "find-left-carts": NoData
  readonly "forget-commands": NoData
  readonly "expire-carts": NoData
  readonly "fold-reports": NoData
  readonly "prune-visits": NoData
}

export type NoData = Readonly<Record<string, never>>

export type JobName = keyof JobData
