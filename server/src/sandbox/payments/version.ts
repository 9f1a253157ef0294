/** Rises when a running sandbox of the version before can no longer be used. */
export const sandboxVersion = 1
