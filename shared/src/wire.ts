/** Raised when an older widget could no longer understand the server; the server also serves the one before. */
export const protocolVersion = 1

/** The region that holds the view's frame; its HTML has an element `[data-region=id]` for each other region. */
export const layoutRegion = "layout"
