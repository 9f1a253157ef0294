import { lookCss } from "./styles.ts"
import { sheetOf } from "./sheet-of.ts"

/** Apart from the module: a widget's own script has brought it already. */
export const sheet = sheetOf(lookCss)
