import { columns, type Outline, type Section, type ServiceOutline } from '../outline.ts';
import { type Phrase, plain, plural } from '../phrase.ts';
import type { Drawing } from './graph.ts';
import { marked, type Markup, markup } from './markup.ts';

/** The part of the page for one environment. `id` is its anchor. */
export function environmentPart(outline: Outline, id: string, drawing: Drawing): Markup {
  const { environment, verdict, source, services, sections } = outline;
  return markup`
<h2 id="${id}-title">Preview of ${plain(environment)}</h2>
<p class="verdict">${marked(verdict)}</p>
<p class="source">${marked(source)}</p>
${redBlock(outline)}
${services.length === 0 ? [] : overview(services)}
${figure(drawing, plain(environment))}
${services.length === 0 ? [] : markup`<h3>By service</h3>`}
${services.map(details)}
${sections.map(environmentSection)}
${apply(outline)}
`;
}

function redBlock({ risks }: Outline): Markup | [] {
  if (risks.length === 0) return [];
  return markup`<aside class="risks"><h3>Check before you apply</h3><ul>${risks.map((line) => markup`<li>${marked(line)}</li>`)}</ul></aside>`;
}

/** The roles keep the table a table for screen readers where the style of phones shows it as cards. */
function overview(services: ServiceOutline[]): Markup {
  const rows = services.map(({ name, change, what, why, order, gate }) => {
    const cells = [what, why, order, gate].map(
      (cell, index) =>
        markup`<td role="cell" data-column="${columns[index + 1] ?? ''}"${emptyClass(cell)}><span>${marked(cell)}</span></td>`,
    );
    return markup`<tr role="row" class="${change}"><th role="rowheader" scope="row">${marked(name)}</th>${cells}</tr>\n`;
  });
  const heads = columns.map((name) => markup`<th role="columnheader" scope="col">${name}</th>`);
  return markup`<table role="table" class="overview"><caption>What changes, in rollout order</caption>
<thead role="rowgroup"><tr role="row">${heads}</tr></thead>
<tbody role="rowgroup">
${rows}</tbody></table>`;
}

function figure({ svg, changes, hidden }: Drawing, environment: string): Markup | [] {
  if (changes.length === 0) return [];
  const legend = changes.map((change) => markup`<span class="badge ${change}">${change}</span>`);
  const rest =
    hidden === 0
      ? ''
      : `${plural(hidden, 'service')} that stay the same and have no changed neighbour are not drawn.`;
  return markup`<figure>
<div class="graph" tabindex="0" role="region" aria-label="Graph of ${environment}">${svg}</div>
<figcaption>${legend} ${rest}</figcaption>
</figure>`;
}

function details({ name, change, place, sections }: ServiceOutline): Markup {
  const where = place.length === 0 ? [] : markup` <span class="place">${marked(place)}</span>`;
  return markup`<details><summary><strong>${marked(name)}</strong> <span class="badge ${change}">${change}</span>${where}</summary>
<div class="facts">${sections.map(section)}</div></details>
`;
}

/** Cards leave out empty cells. */
function emptyClass(cell: Phrase): Markup | [] {
  return cell.length === 0 ? markup` class="empty"` : [];
}

function environmentSection(one: Section): Markup {
  return markup`<h3>${one.title}</h3><div class="section">${rows(one)}</div>`;
}

function section(one: Section): Markup {
  return markup`<div><h4>${one.title}</h4>${rows(one)}</div>`;
}

function rows({ head, rows }: Section): Markup {
  if (head.length === 0)
    return markup`<ul>${rows.map(([line = []]) => markup`<li>${marked(line)}</li>`)}</ul>`;
  const heads = head.map((name) => markup`<th role="columnheader" scope="col">${name}</th>`);
  const body = rows.map(([first = [], ...rest]) => {
    const cells = rest.map((cell) => markup`<td role="cell"${emptyClass(cell)}>${marked(cell)}</td>`);
    return markup`<tr role="row"><th role="rowheader" scope="row">${marked(first)}</th>${cells}</tr>\n`;
  });
  return markup`<table role="table"><thead role="rowgroup"><tr role="row">${heads}</tr></thead>
<tbody role="rowgroup">
${body}</tbody></table>`;
}

function apply({ apply, services }: Outline): Markup | [] {
  if (apply === undefined) return [];
  if (services.length === 0) return markup`<p class="source">Digest <code>${apply.digest}</code></p>`;
  return markup`<h3>Apply exactly this preview</h3>
<div class="apply"><p>Digest <code>${apply.digest}</code></p><code>${apply.command}</code></div>`;
}
