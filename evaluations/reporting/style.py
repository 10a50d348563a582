"""The report's sheet: the colours of the chat page in full light, on screen and on paper."""

SHEET = """
:root { --paper: #faf8f4; --card: #fff; --ink: #1c2b33; --soft: #4f5f68; --line: #e2dbce; --lake: #1f4e5f;
  --lake-pale: #e6eff1; --edge: #7c9ea9; --ochre: #7a4d0b; --ochre-pale: #fbf1dc; --brick: #96281b;
  --brick-pale: #fceeec; --serif: "Source Serif", "Source Serif 4", Georgia, "DejaVu Serif", serif; }
* { box-sizing: border-box; }
html { color-scheme: light; scroll-behavior: auto; }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 1rem/1.5 system-ui, "Segoe UI", "Liberation Sans", "DejaVu Sans", sans-serif; }
header, main, footer { max-width: 66rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 2rem; }
footer { padding-bottom: 3rem; color: var(--soft); font-size: .9rem; }
h1, h2, h3, h4 { line-height: 1.25; text-wrap: balance; break-after: avoid; }
h1, h2 { font-family: var(--serif); font-weight: 600; color: var(--lake); }
h1 { margin: 0 0 .5rem; font-size: 2.1rem; }
h2 { margin: 2.75rem 0 .75rem; padding-bottom: .3rem; font-size: 1.5rem; border-bottom: 2px solid var(--line); }
h3 { margin: 1.5rem 0 .5rem; font-size: 1.1rem; }
h4 { margin: 1rem 0 .3rem; font-size: .95rem; color: var(--lake); }
h3 small { font-weight: 400; color: var(--soft); }
p { margin: .5rem 0; max-width: 46rem; }
a { color: var(--lake); text-underline-offset: 2px; text-decoration-thickness: 1px; }
a:focus-visible, .wide:focus-visible { outline: 3px solid var(--ochre); outline-offset: 2px; }
.note, .about { color: var(--soft); font-size: .9rem; }
.lead { padding: .8rem 1.1rem; background: var(--card); border: 1px solid var(--line);
  border-left: 4px solid var(--lake); border-radius: 0 6px 6px 0; }
.lead p { margin: .25rem 0; max-width: none; }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: 1rem 0; padding: 0; list-style: none; }

.wide { margin: 1rem 0; overflow-x: auto; }
table { width: 100%; border-collapse: collapse; background: var(--card); font-size: .92rem; }
caption { padding: .25rem 0 .5rem; text-align: left; font-weight: 600; background: var(--paper); }
th, td { padding: .35rem .6rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
thead th { vertical-align: bottom; color: var(--soft); border-bottom: 2px solid var(--edge); }
tbody th { font-weight: 400; }
th.family { padding-top: .9rem; font-weight: 600; color: var(--lake); background: var(--lake-pale); }
th.number { text-align: right; }
td.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
td svg { display: block; margin-top: .25rem; }
table.dense { font-size: .85rem; }
table.dense th, table.dense td { padding: .3rem .4rem; }
table.dense tbody th { min-width: 9.5rem; }
table.changes tbody th { min-width: 0; white-space: nowrap; }
table.changes td:nth-child(2) { width: 45%; min-width: 14rem; overflow-wrap: anywhere; }
table.changes td:nth-child(4) { white-space: nowrap; }
table.changes td:nth-child(3) { white-space: nowrap; }
table.identity { width: auto; }
table.identity .differs { font-weight: 600; background: var(--ochre-pale); }
ul.plain { margin: 0; padding: 0; list-style: none; }
dl { display: grid; grid-template-columns: minmax(9rem, 14rem) 1fr; gap: .35rem 1rem; font-size: .92rem; }
dt { font-weight: 600; } dd { margin: 0; }
dd small { color: var(--soft); font-size: .85em; }

figure { margin: 1rem 0; break-inside: avoid; }
figure > svg { display: block; max-width: 100%; height: auto; background: var(--card); border: 1px solid var(--line); }
figcaption { margin-top: .4rem; color: var(--soft); font-size: .9rem; max-width: 46rem; }
svg text { fill: var(--ink); font-size: 13px; font-family: inherit; }
svg .family { font-weight: 600; fill: var(--lake); }
svg .figure { font-size: 12.5px; font-weight: 600; paint-order: stroke; stroke: #fff; stroke-width: 3px; }
svg .grid { stroke: var(--line); stroke-width: 1; }
svg .line { fill: none; stroke-width: 2.5; }
svg .first { stroke: var(--lake); } svg .second { stroke: #b06a00; stroke-dasharray: 2 3; }
svg .before { stroke-width: 1.5; stroke-dasharray: 8 4; } svg .second.before { stroke-dasharray: 1 5; }
svg .dot { fill: #fff; stroke-width: 2.5; stroke-dasharray: none; }
svg .track { fill: var(--line); } svg .value { fill: #55808f; }
svg .whisker { stroke: var(--ink); stroke-width: 1.3; }
svg .bar { stroke-width: 3; } svg .hollow { fill: #fff; stroke-width: 2; }
svg .gain { stroke: var(--lake); } svg .loss { stroke: var(--brick); } svg .same { stroke: var(--soft); }
svg .full.gain { fill: var(--lake); } svg .full.loss { fill: var(--brick); } svg .full.same { fill: var(--soft); }

.legend { display: flex; flex-wrap: wrap; gap: .4rem; margin: .5rem 0; padding: 0; list-style: none;
  font-size: .85rem; }
.legend li { padding: .1rem .5rem; border: 1px solid var(--line); border-radius: 3px; }
.heat-0 { background: #fff; } .heat-1 { background: #fbf1dc; } .heat-2 { background: #f4d9a4; }
.heat-3 { background: #eab96a; } .heat-4 { background: #d99a3d; }
.heat td { border-left: 1px solid var(--line); }
.chapter { break-inside: avoid; }
.pages { display: flex; flex-wrap: wrap; gap: .25rem; margin: 0; padding: 0; list-style: none; }
.pages li { min-width: 3.4rem; padding: .15rem .4rem; font-size: .85rem; line-height: 1.35;
  border: 1px solid var(--line); border-radius: 4px; }
.pages b { display: block; font-weight: 400; font-size: .75rem; }
.page-none { color: var(--soft); background: #fff; border-style: dashed !important; }
.page-all { background: var(--lake-pale); border-color: var(--edge) !important; }
.page-some { background: #f4d9a4; border-color: #b98a3a !important; }
.page-wrong { background: #f3c6c0; border-color: var(--brick) !important; }

.case { margin: 1.5rem 0; padding: .25rem 1.1rem 1rem; background: var(--card); border: 1px solid var(--line);
  border-radius: 8px; overflow-wrap: anywhere; }
.case h3 { margin-top: .75rem; }
.case .id { padding: 0 .4rem; font-size: .85em; font-weight: 400; color: var(--soft);
  border: 1px solid var(--line); border-radius: 4px; }
.failed { margin: 0; padding: .5rem .75rem .5rem 2rem; background: var(--brick-pale);
  border-left: 4px solid var(--brick); }
blockquote { margin: .4rem 0; padding: .1rem 0 .1rem .9rem; border-left: 3px solid var(--edge); break-inside: avoid; }
blockquote p { margin: 0; font-family: var(--serif); white-space: pre-line; }
blockquote .place { font: inherit; font-size: .85rem; color: var(--soft); }
.evidence { margin: 0; padding-left: 1.4rem; font-size: .88rem; }
.evidence b { font-weight: 600; }
.printed img { display: block; width: 100%; max-width: 34rem; height: auto; border: 1px solid var(--line); }

@page { size: A4; margin: 15mm 14mm 17mm; @bottom-right { content: counter(page) " / " counter(pages);
  font: 8pt sans-serif; color: #4f5f68; } }
@media print {
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  body, caption { background: #fff; }
  html { font-size: 9.5pt; }
  header, main, footer { max-width: none; padding: 0; }
  nav { display: none; }
  h1 { font-size: 20pt; } h2 { font-size: 14pt; } h3 { font-size: 11pt; }
  p { orphans: 3; widows: 3; }
  a { text-decoration: none; color: inherit; }
  .wide { overflow: visible; }
  table { font-size: 8.5pt; } table.dense { font-size: 7pt; } table.dense th, table.dense td { padding: 2pt 2.5pt; }
  table.dense tbody th, table.changes td:nth-child(2) { min-width: 0; }
  table.dense:not(.changes) tbody th { width: 24%; }
  tr, li, .failed, dl > * { break-inside: avoid; }
  thead { display: table-header-group; break-after: avoid; }
  thead + tbody > tr:first-child, .about, .turn, .titling, h4 { break-inside: avoid; break-after: avoid; }
  .about { max-width: none; }
  /* what has a title stays with it: a title asks for the room of the first lines under it */
  h2, h3, caption { break-inside: avoid; }
  h2::after, h3::after, caption::after { content: ""; display: block; height: 2.5cm; margin-bottom: -2.5cm; }
  .case h3::after { height: 4.5cm; margin-bottom: -4.5cm; }
  table.headline tbody, .wide:not(:has(.headline, tr:nth-child(20))) { break-inside: avoid; }
  #echecs { break-before: page; }
  .case { display: flow-root; padding: 0; border: 0; border-top: 2px solid var(--edge); border-radius: 0; }
  .printed { float: right; width: 8.2cm; margin: 0 0 .5rem 1rem; }
}
"""
