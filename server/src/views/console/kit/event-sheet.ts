/** What the pages of an event need beyond the reference: sections within a card, tables of fields, a picture. */
export const eventSheet = `
.form.three { grid-template-columns: repeat(3, minmax(0, 1fr)); }
.field > .label { font: 500 var(--t-small) var(--sans); }
.pad.rule-above, .rule-above { padding-top: var(--inset); border-top: 1px solid var(--line); }
.drill.bare[open] > summary { margin-bottom: var(--s2); }
.stack.tight { gap: var(--s2); }
.tbl.inner { border: 1px solid var(--line); border-radius: var(--r2); }
.tbl.fields td { min-width: 104px; vertical-align: top; }
.tbl.fields tbody th { vertical-align: top; line-height: 36px; }
.picture { display: block; width: 100%; height: auto; aspect-ratio: 16 / 9; object-fit: cover; border-radius: var(--r2); background: var(--sunken); }
@media (max-width: 720px) {
  .tbl tr:has(.acts) > td.lead { grid-area: auto; justify-self: start; }
  .tbl tr:has(.acts) > td.lead.num { text-align: start; }
  .form.three { grid-template-columns: minmax(0, 1fr); }
  .tbl.fields :is(td, th) { min-width: 0; line-height: 20px; }
  .tbl.fields tr { grid-template-columns: repeat(2, minmax(0, 1fr)); }
  .tbl.fields td { grid-area: auto; }
  .tbl.fields tr > th { grid-column: 1 / -1; }
}
`
