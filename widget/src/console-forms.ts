import { isControl, isDirty } from "./typed.ts"

/** What the script adds to forms: it counts what is not saved, warns before it is lost, and sends once. */
export function watchForms(): void {
  document.addEventListener("input", ({ target }) => count(formOf(target)))
  document.addEventListener("change", ({ target }) => {
    const form = formOf(target)
    count(form)
    if (form?.hasAttribute("data-auto")) form.requestSubmit()
  })
  document.addEventListener("submit", ({ target, submitter }) => {
    if (!(target instanceof HTMLFormElement) || target.method === "dialog") return
    target.dataset["sent"] = ""
    // What is disabled before the form is read is not sent with it.
    if (submitter instanceof HTMLButtonElement) setTimeout(() => (submitter.disabled = true))
  })
  document.addEventListener("click", ({ target }) => {
    const discard = target instanceof Element ? target.closest("[data-discard]") : null
    const form = discard?.closest("form")
    if (form) form.dataset["sent"] = ""
  })
  window.addEventListener("beforeunload", (event) => {
    if (guarded().some((form) => !("sent" in form.dataset) && unsavedIn(form) > 0))
      event.preventDefault()
  })
  // A page that returns from the back-forward cache can send again.
  window.addEventListener("pageshow", ({ persisted }) => {
    if (!persisted) return
    for (const form of document.forms) {
      delete form.dataset["sent"]
      for (const button of form.querySelectorAll("button")) button.disabled = false
    }
  })
  for (const form of guarded()) count(form)
}

function formOf(target: EventTarget | null): HTMLFormElement | null {
  return target instanceof Node && isControl(target) ? target.form : null
}

/** Forms with a save bar. */
function guarded(): readonly HTMLFormElement[] {
  return [...document.forms].filter((form) => form.querySelector("[data-savebar]"))
}

/** Fields that hold something else than the server has; a form that came back with faults is not saved at all. */
function unsavedIn(form: HTMLFormElement): number {
  const dirty = [...form.elements].filter(
    (element) => isControl(element) && element.type !== "hidden" && isDirty(element),
  )
  return Math.max(dirty.length, form.querySelector("[aria-invalid]") ? 1 : 0)
}

function count(form: HTMLFormElement | null): void {
  const words = form?.querySelector("[data-unsaved]")
  if (!form || !words) return
  const unsaved = unsavedIn(form)
  words.textContent =
    unsaved === 0 ? "" : unsaved === 1 ? "1 unsaved change" : `${unsaved} unsaved changes`
  words.closest("[data-savebar]")?.classList.toggle("idle", unsaved === 0)
}
