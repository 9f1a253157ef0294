const shownForMs = 1200

/** Tints for a moment what changed without the shopper's doing, where motion is welcome; never a button, whose words need its ground. */
export function highlight(element: Element): void {
  if (element.closest("button, .btn")) return
  if (matchMedia("(prefers-reduced-motion: no-preference)").matches)
    element.animate([{ background: "var(--tint)", offset: 0 }], shownForMs)
}
