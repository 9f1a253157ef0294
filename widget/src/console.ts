import { watchBrand } from "./console-brand.ts"
import { watchForms } from "./console-forms.ts"
import { followChanges } from "./console-live.ts"

const account = document.body.dataset["liveAccount"]
if (account !== undefined) followChanges(account)
watchForms()
watchBrand()
document.addEventListener("click", ({ target }) => {
  if (!(target instanceof Element)) return
  closeMenus(target)
  copy(target.closest<HTMLElement>("[data-copy]"))
  openDialog(target.closest<HTMLButtonElement>("[commandfor]"))
  // Outside of its box a dialog's own element is what was clicked.
  if (target instanceof HTMLDialogElement) target.close()
})
document.addEventListener("keydown", ({ key }) => {
  if (key !== "Escape") return
  const open = document.activeElement?.closest("details.menu[open]")
  open?.removeAttribute("open")
  open?.querySelector("summary")?.focus()
})
document.querySelector<HTMLElement>("[data-takes-focus]")?.focus()
announceToast()

/** A menu that is left closes. */
function closeMenus(target: Element): void {
  for (const menu of document.querySelectorAll("details.menu[open]"))
    if (!menu.contains(target)) menu.removeAttribute("open")
}

function copy(button: HTMLElement | null): void {
  if (!button) return
  const label = button.querySelector<HTMLElement>("[data-copied]") ?? button
  const before = label.textContent
  navigator.clipboard.writeText(button.dataset["copy"] ?? "").then(
    () => {
      label.textContent = label.dataset["copied"] ?? "Copied"
      setTimeout(() => (label.textContent = before), 2000)
    },
    // The text stands beside the button, to be copied by hand.
    () => undefined,
  )
}

/** Browsers that know command buttons have opened it already. */
function openDialog(button: HTMLButtonElement | null): void {
  if (!button || "command" in HTMLButtonElement.prototype) return
  const dialog = document.getElementById(button.getAttribute("commandfor") ?? "")
  if (dialog instanceof HTMLDialogElement && !dialog.open) dialog.showModal()
}

/** What is there from the start is not read out; what changes is. */
function announceToast(): void {
  const words = document.querySelector("[data-toast] span")
  const text = words?.textContent ?? ""
  if (!words || text === "") return
  words.textContent = ""
  setTimeout(() => (words.textContent = text), 100)
}
