/** "Laughing Stock" is "LS", "Dana" is "D"; whole letters, whatever the script. "" where there is none. */
export function initials(name: string): string {
  const letters = name.split(/\s+/).flatMap((word) => /[\p{L}\p{N}]/u.exec(word)?.[0] ?? [])
  return (letters.length > 1 ? [letters[0], letters.at(-1)] : letters).join("").toUpperCase()
}
