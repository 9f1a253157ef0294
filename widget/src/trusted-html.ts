type Policy = { readonly createHTML: (html: string) => string }
type Factory = { readonly createPolicy: (name: string, rules: Policy) => Policy }

/**
 * The widget's one Trusted Types policy: what it makes is parsed inertly and walked before it is shown. A host that forbids it, or a browser
 * without Trusted Types, gets the text as it is; the build gives Lit this policy too.
 */
export const trustedHtml: Policy = sharedPolicy()

/** A policy's name can be had once a page: a widget's own script and the module share it. */
function sharedPolicy(): Policy {
  const shared = globalThis as { [key: symbol]: Policy | undefined }
  return (shared[Symbol.for("foyer.v1.policy")] ??= makePolicy())
}

function makePolicy(): Policy {
  const plain: Policy = { createHTML: (html) => html }
  try {
    const { trustedTypes } = globalThis as { trustedTypes?: Factory }
    return trustedTypes?.createPolicy("foyer", plain) ?? plain
  } catch {
    return plain
  }
}
