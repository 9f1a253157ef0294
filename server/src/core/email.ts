/** RFC 5321, 4.5.3.1: longer addresses cannot be delivered. */
const longestLocalPart = 64
export const longestEmail = 254

/** Dot-atoms of RFC 5322; quoted local parts and bare hosts exist on paper, and in a form they are typing errors. */
const localPart = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/i
const domainLabel = /^[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?$/u
const topLevel = /^(?:\p{L}{2,63}|xn--[a-z0-9-]{1,59})$/iu

/** Whether mail could be sent there: one @, a plausible name, a domain with a top level. */
export function isEmail(text: string): boolean {
  if (text.length > longestEmail) return false
  const [local = "", domain = "", ...more] = text.split("@")
  if (more.length > 0 || local.length > longestLocalPart || !localPart.test(local)) return false
  const labels = domain.split(".")
  return (
    labels.length >= 2 &&
    labels.every((label) => domainLabel.test(label)) &&
    topLevel.test(labels.at(-1) ?? "")
  )
}
