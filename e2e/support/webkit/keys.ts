// WebDriver's names for keys that write nothing.
const named: Readonly<Record<string, string>> = {
  Backspace: "\uE003",
  Tab: "\uE004",
  Enter: "\uE007",
  Home: "\uE011",
  ArrowLeft: "\uE012",
}

/** One key, by its name or by what it writes. */
export function press(key: string): object[] {
  const value = named[key] ?? key
  return [
    { type: "keyDown", value },
    { type: "keyUp", value },
  ]
}

/** Key after key, as a person writes. */
export function write(text: string): object[] {
  return Array.from(text).flatMap(press)
}
