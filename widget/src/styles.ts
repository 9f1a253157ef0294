import { sheet, tokens } from "@foyer/shared/look"
import { unsafeCSS } from "lit"

/** Adopted by the shadow root: a host's `style-src` never sees them. */
export const styles = [unsafeCSS(tokens), unsafeCSS(sheet)]
