/** The style of the page. Colours have one meaning each, in a light and a dark form. */
export const style = `
:root { color-scheme: light dark; --ink: #1c2430; --quiet: #5b6675; --paper: #fff; --card: #f6f8fa; --line: #d5dae1; --link: #0b5cad;
  --new: #16763a; --new-fill: #dcf5e3; --changed: #8a5a00; --changed-fill: #fff1cf; --replaced: #7a35b8; --replaced-fill: #f0e3fc;
  --removed: #b3261e; --removed-fill: #fde4e1; --same-fill: #eef1f4; }
@media (prefers-color-scheme: dark) { :root { --ink: #e4e9ef; --quiet: #9aa6b4; --paper: #11161c; --card: #1a2129; --line: #37424e; --link: #7ab8ff;
  --new: #62d08a; --new-fill: #12351f; --changed: #f0bd55; --changed-fill: #3b2c08; --replaced: #cf9ff7; --replaced-fill: #321a47;
  --removed: #ff938a; --removed-fill: #451713; --same-fill: #222b35; } }
* { box-sizing: border-box; }
body { margin: 0; color: var(--ink); background: var(--paper); font: 16px/1.5 system-ui, sans-serif; }
main, header { max-width: 72rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 1.5rem; }
h1 { font-size: 1.15rem; margin: 0; color: var(--quiet); font-weight: 600; }
h2 { font-size: 1.5rem; margin: 2.5rem 0 .25rem; }
h3 { font-size: 1.05rem; margin: 2rem 0 .5rem; }
h3::first-letter { text-transform: uppercase; }
h4 { font-size: .8rem; margin: 0; color: var(--quiet); font-weight: 600; text-transform: uppercase; letter-spacing: .04em; }
a { color: var(--link); }
code { font: .9em/1.4 ui-monospace, monospace; overflow-wrap: anywhere; }
.skip { position: absolute; left: -999rem; }
.skip:focus { left: 1rem; top: .5rem; padding: .5rem 1rem; background: var(--paper); z-index: 1; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; padding: 0; margin: .5rem 0 0; list-style: none; }
.verdict { font-size: 1.1rem; font-weight: 600; margin: .25rem 0; }
.source { color: var(--quiet); margin: 0 0 1rem; }
.risks { border: 2px solid var(--removed); border-left-width: .6rem; border-radius: .4rem; background: var(--removed-fill); padding: .75rem 1rem; margin: 1rem 0; }
.risks h3 { margin: 0 0 .25rem; color: var(--removed); }
ul { padding-left: 1.25rem; margin: .25rem 0; }
table { border-collapse: collapse; width: 100%; font-size: .95rem; }
caption { text-align: left; color: var(--quiet); padding-bottom: .25rem; }
th, td { text-align: left; vertical-align: top; padding: .45rem .75rem .45rem 0; border-bottom: 1px solid var(--line); font-weight: normal; }
thead th { color: var(--quiet); font-size: .8rem; font-weight: 600; text-transform: uppercase; letter-spacing: .04em; white-space: nowrap; }
.overview tbody th { font-weight: 600; border-left: .35rem solid var(--line); padding-left: .6rem; white-space: nowrap; overflow-wrap: normal; }
.overview thead th:first-child { padding-left: .95rem; }
tr.new > th { border-left-color: var(--new); } tr.changed > th { border-left-color: var(--changed); }
tr.replaced > th { border-left-color: var(--replaced); } tr.removed > th { border-left-color: var(--removed); }
.badge { border-radius: 1rem; padding: .05rem .6rem; font-size: .8rem; font-weight: 600; white-space: nowrap; }
.badge.new { color: var(--new); background: var(--new-fill); } .badge.changed { color: var(--changed); background: var(--changed-fill); }
.badge.replaced { color: var(--replaced); background: var(--replaced-fill); } .badge.removed { color: var(--removed); background: var(--removed-fill); }
.badge.same { color: var(--quiet); background: var(--same-fill); }
details { border: 1px solid var(--line); border-radius: .4rem; margin: .5rem 0; background: var(--card); }
summary { padding: .6rem .9rem; cursor: pointer; }
summary strong { margin-right: .4rem; }
summary .place { color: var(--quiet); }
.facts { padding: 0 1rem 1rem; display: grid; gap: .9rem; }
.facts ul { list-style: none; padding: 0; }
.facts li { padding-left: 1rem; text-indent: -1rem; margin-top: .15rem; }
.facts td { padding-top: .25rem; padding-bottom: .25rem; }
figure { margin: 1.5rem 0; }
.graph { overflow: auto; border: 1px solid var(--line); border-radius: .4rem; padding: .5rem; max-height: 40rem; }
.graph svg { display: block; margin: 0 auto; max-width: max(100%, 30rem); height: auto; }
.graph text { fill: var(--ink); }
.graph .node path, .graph .node polygon, .graph .node ellipse, .graph .node polyline { fill: var(--same-fill); stroke: var(--quiet); }
.graph .edge path { stroke: var(--quiet); } .graph .edge polygon { fill: var(--quiet); stroke: var(--quiet); }
.graph .edge text { fill: var(--quiet); }
.graph .node.new > * { fill: var(--new-fill); stroke: var(--new); } .graph .node.changed > * { fill: var(--changed-fill); stroke: var(--changed); }
.graph .node.replaced > * { fill: var(--replaced-fill); stroke: var(--replaced); stroke-dasharray: 6 2; }
.graph .node.removed > * { fill: var(--removed-fill); stroke: var(--removed); stroke-dasharray: 3 3; }
.graph .node > text, .graph .node.new > text, .graph .node.changed > text, .graph .node.replaced > text, .graph .node.removed > text { fill: var(--ink); stroke: none; }
.graph .edge.added path { stroke: var(--new); stroke-width: 2; } .graph .edge.added polygon { fill: var(--new); stroke: var(--new); } .graph .edge.added text { fill: var(--new); }
.graph .edge.removed path { stroke: var(--removed); stroke-dasharray: 4 3; } .graph .edge.removed polygon { fill: var(--removed); stroke: var(--removed); } .graph .edge.removed text { fill: var(--removed); }
figcaption { display: flex; flex-wrap: wrap; gap: .4rem .6rem; align-items: center; margin-top: .5rem; color: var(--quiet); font-size: .9rem; }
.apply > code { display: block; padding: .75rem 1rem; background: var(--card); border: 1px solid var(--line); border-radius: .4rem; }
footer { color: var(--quiet); font-size: .85rem; margin: 3rem 0 2rem; border-top: 1px solid var(--line); padding-top: .75rem; }
@media (max-width: 44rem) {
  table, caption, tbody, tr, td, th { display: block; }
  thead { position: absolute; left: -999rem; }
  .facts tr { padding: .3rem 0; border-bottom: 1px solid var(--line); }
  .facts th, .facts td { border: 0; padding: 0; }
  .facts td { padding-left: 1rem; }
  .overview tr { border: 1px solid var(--line); border-left: .35rem solid var(--line); border-radius: .4rem; margin: .6rem 0; padding: .5rem .75rem; }
  tr.new { border-left-color: var(--new) !important; } tr.changed { border-left-color: var(--changed) !important; }
  tr.replaced { border-left-color: var(--replaced) !important; } tr.removed { border-left-color: var(--removed) !important; }
  .overview th, .overview td { border: 0; padding: .1rem 0; }
  .overview tbody th { border: 0; padding: 0; font-size: 1.05rem; }
  .overview td { display: grid; grid-template-columns: 4.5rem 1fr; }
  td.empty { display: none !important; }
  .overview td::before { content: attr(data-column); color: var(--quiet); font-size: .85rem; }
}
@media print { details::details-content { content-visibility: visible; height: auto; } .skip { display: none; } }
`;
