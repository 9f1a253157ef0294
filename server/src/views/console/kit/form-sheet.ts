import { scan } from "@foyer/shared/tokens"

/** What forms need beyond the reference: fields that belong to a choice, things to pick from, a form beside nothing. */
export const formSheet = `
.tick input { flex: none; }
.narrow { width: min(100%, 720px); }
.kinds:has([value="percent"]:checked) > .when:not(.percent),
.kinds:has([value="amount"]:checked) > .when:not(.amount),
.kinds:has([value="bogo"]:checked) > .when:not(.bogo) { display: none; }
.kinds:not(:has([value="listed"]:checked)) > .when.listed { display: none; }
.picks { display: grid; grid-template-columns: repeat(auto-fill, minmax(200px, 1fr)); gap: var(--s2) var(--s4); max-height: 260px; padding: var(--s3); border: 1px solid var(--line); border-radius: var(--r2); overflow-y: auto; }
.cols.brand { grid-template-columns: minmax(0, 1fr) minmax(360px, 45%); }
.brand > .card { position: sticky; top: var(--s4); }
.preview { display: block; width: 100%; height: 560px; border: 0; border-top: 1px solid var(--line); background: ${scan.ground}; }
.card > .preview:last-child { border-radius: 0 0 calc(var(--r3) - 1px) calc(var(--r3) - 1px); }
.preview.tall { height: min(760px, 100vh - 180px); }
.preview.phone { width: 360px; max-width: 100%; margin-inline: auto; border-inline: 1px solid var(--line); }
.numbered { list-style: decimal; padding-inline-start: var(--inset); color: var(--ink-2); }
.pair { display: flex; gap: 6px; }
.pair > [type="color"] { flex: none; }
.pair > .unset { opacity: .35; }
@media (max-width: 960px) { .aside-first > :last-child { order: -1; } }
@media (max-width: 1100px) { .cols.brand { grid-template-columns: minmax(0, 1fr); } .brand > .card { position: static; } }
`
