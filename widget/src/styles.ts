import { sheet, tokens } from "@foyer/shared/look"

/** The whole look of the widget. */
export const lookCss = `${tokens}${sheet}`
