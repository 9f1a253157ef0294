/** What forms need beyond the reference: fields that belong to a choice, things to pick from, a form beside nothing. */
export const formSheet = `
.narrow { width: min(100%, 720px); }
.kinds:has([value="percent"]:checked) > .when:not(.percent),
.kinds:has([value="amount"]:checked) > .when:not(.amount),
.kinds:has([value="bogo"]:checked) > .when:not(.bogo) { display: none; }
.kinds:not(:has([value="listed"]:checked)) > .when.listed { display: none; }
.picks { display: grid; grid-template-columns: repeat(auto-fill, minmax(200px, 1fr)); gap: 8px 16px; max-height: 260px; padding: 12px; border: 1px solid var(--line); border-radius: var(--r2); overflow-y: auto; }
`
