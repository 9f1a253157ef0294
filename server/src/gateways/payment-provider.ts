/** What the flows need of whoever takes the money. Amounts are minor units; every call answers, none throws for what the provider did. */
export type PaymentProvider = {
  /** Its name in our rows. */
  readonly name: string
  /** Asks for a payment that the shopper then confirms in the browser. The same key twice is one object. */
  createIntent(wish: IntentWish, idempotencyKey: string): Promise<ProviderAnswer<ProviderIntent>>
  retrieveIntent(id: string): Promise<ProviderAnswer<ProviderIntent>>
  /** Refused (`rejected`) when the money has already moved or is on its way. */
  cancelIntent(id: string, idempotencyKey: string): Promise<ProviderAnswer<ProviderIntent>>
  /** Looks for the intent of a payment whose id never reached us, among those made within a day of `since` (ISO 8601). */
  findIntent(paymentId: string, since: string): Promise<ProviderAnswer<ProviderIntent | undefined>>
  createRefund(wish: RefundWish, idempotencyKey: string): Promise<ProviderAnswer<ProviderRefund>>
  /** The refund that carries our id, when the provider has it. */
  findRefund(
    wish: Pick<RefundWish, "intentId" | "refundId">,
  ): Promise<ProviderAnswer<ProviderRefund | undefined>>
  /** Lets wallets appear on a host page of this domain. Safe to repeat. */
  registerDomain(domain: string): Promise<ProviderAnswer<ProviderDomain>>
  /** The event in a webhook's body; undefined when its signature is not the provider's. */
  verifyWebhook(body: string, signature: string): ProviderEvent | undefined
}

export type IntentWish = {
  readonly paymentId: string
  readonly orderId: string
  /** Shown on the provider's dashboard. */
  readonly orderNumber: string
  readonly amountMinor: number
  readonly currency: string
}

export type RefundWish = {
  readonly refundId: string
  readonly intentId: string
  readonly amountMinor: number
}

/** A payment as the provider has it, in the words of our own state machine. */
export type ProviderIntent = {
  readonly id: string
  readonly state: "requires_action" | "processing" | "succeeded" | "failed" | "canceled"
  readonly amountMinor: number
  readonly receivedMinor: number
  readonly currency: string
  /** Given to the shopper's browser and kept nowhere. */
  readonly clientSecret: string
  /** Why the last attempt failed, and which attempt that was: the same failure is told once. */
  readonly failure?: { readonly code: string; readonly attempt: string }
  /** Our payment, as we named it when we asked. */
  readonly paymentId?: string
}

export type ProviderRefund = {
  readonly id: string
  readonly state: "pending" | "succeeded" | "failed"
  readonly amountMinor: number
}

export type ProviderDomain = { readonly id: string; readonly enabled: boolean }

export type ProviderEvent = {
  readonly id: string
  readonly type: string
  /** The object it is about. */
  readonly objectId?: string
  readonly livemode: boolean
  /** ISO 8601, by the provider's clock. */
  readonly createdAt: string
}

export type ProviderAnswer<T> =
  | ({ readonly result: "ok"; readonly value: T } & Traced)
  | ProviderTrouble

/** Everything but success. Only `declined` and `rejected` say that nothing happened and never will. */
export type ProviderTrouble = Traced &
  (
    | { readonly result: "declined"; readonly code: string }
    | { readonly result: "rejected"; readonly code: string }
    /** Not now: the same request with the same key, not before `retryAfterMs`. */
    | { readonly result: "retry"; readonly code: string; readonly retryAfterMs: number }
    /**
     * It may or may not have happened. `isReplayed`: the provider answered with what it remembers under the key, so that asking
     * again with this key can never go better.
     */
    | { readonly result: "unknown"; readonly code: string; readonly isReplayed: boolean }
    /** The key was used before for something else: our own mistake. */
    | { readonly result: "idempotency-mismatch"; readonly code: string }
    /** Our credentials are not accepted. */
    | { readonly result: "unauthorised"; readonly code: string }
  )

type Traced = { readonly status?: number; readonly requestId?: string }
