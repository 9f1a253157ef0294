/** Colours, space and type of the console: each colour once, for light and dark. `[data-theme]` on any ancestor decides. */
export const consoleTokens = `
:root {
  color-scheme: light dark;
  --canvas: light-dark(#f8f7f5, #131211);
  --side: light-dark(#f1efeb, #0e0d0c);
  --surface: light-dark(#fff, #1b1a18);
  --raised: light-dark(#fff, #272522);
  --sunken: light-dark(#f4f2ee, #242220);
  --line: light-dark(#e6e3dd, #34312d);
  --edge: light-dark(#8b867c, #7d776d);
  --ink: light-dark(#1c1a17, #f3f0ea);
  --ink-2: light-dark(#55514a, #b9b3a8);
  --ink-3: light-dark(#6b665d, #9d978c);
  --accent: light-dark(#2a4fd6, #93a9ff);
  --accent-mid: light-dark(#b4c1f3, #46558f);
  --accent-soft: light-dark(#eaeefc, #222946);
  --solid: light-dark(#1c1a17, #f3f0ea);
  --on-solid: light-dark(#fff, #1c1a17);
  --ok: light-dark(#166c3b, #6fd197);
  --ok-soft: light-dark(#e3f3e8, #17301f);
  --warn: light-dark(#8a4b00, #f0b35e);
  --warn-soft: light-dark(#fdf0d9, #38280f);
  --bad: light-dark(#b3261e, #ff9a90);
  --bad-soft: light-dark(#fdeae8, #41191a);
  --shadow: 0 1px 2px light-dark(rgb(28 26 23 / .05), rgb(0 0 0 / .4));
  --lift: 0 8px 28px light-dark(rgb(28 26 23 / .14), rgb(0 0 0 / .6)), 0 0 0 1px var(--line);
  --r1: 6px; --r2: 8px; --r3: 12px;
  --s1: 4px; --s2: 8px; --s3: 12px; --s4: 16px; --s5: 24px; --s6: 32px;
  --sans: -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace;
}
[data-theme="light"] { color-scheme: light; }
[data-theme="dark"] { color-scheme: dark; }
`
