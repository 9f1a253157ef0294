/** What had the focus before a frame, to be asked afterwards whether it must move. */
export type FocusBefore = { readonly active: Element | null; readonly hadTarget: boolean }

export function focusBefore(root: ShadowRoot, target: string | undefined): FocusBefore {
  return { active: root.activeElement, hadTarget: find(root, target) !== null }
}

/**
 * Gives the marked element the focus when the focused one is gone, when the shopper's own command brought another view, or when it is news
 * (a summary of errors). A frame that came by itself never takes the focus from the host's page, nor does an answer from who has gone on there.
 */
export function moveFocus(
  root: ShadowRoot,
  before: FocusBefore,
  target: string | undefined,
  cause: { readonly viewChanged: boolean; readonly isOwn: boolean; readonly isForm: boolean },
): void {
  const isGone = before.active !== null && root.activeElement === null
  const isNews = cause.isOwn && (cause.viewChanged || cause.isForm || !before.hadTarget)
  const wasHere = before.active !== null && cause.viewChanged
  if (!isGone && !wasHere && (!isNews || isBusyElsewhere(root.host))) return
  const element = find(root, target) ?? (isGone ? root.querySelector<HTMLElement>("h2") : null)
  if (!element) return
  if (!element.matches("a, button, input, select, textarea, [tabindex]")) element.tabIndex = -1
  element.focus()
}

/** Whether the focus is on something of the host's page: not on our elements, not in a bank's frame that is about to go. */
function isBusyElsewhere(host: Element): boolean {
  const { activeElement: active } = host.getRootNode() as Document | ShadowRoot
  return !!active && !active.contains(host) && !active.closest("foyer-checkout,foyer-button,iframe")
}

function find(root: ShadowRoot, id: string | undefined): HTMLElement | null {
  return id === undefined ? null : root.querySelector<HTMLElement>(`#${CSS.escape(id)}`)
}
