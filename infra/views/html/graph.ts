import { instance } from '@viz-js/viz';
import type { Preview } from '../../changes/model.ts';
import { visible } from '../phrase.ts';
import { escaped, Markup } from './markup.ts';

type Graph = Preview['graph'];

/** Graphviz, which takes time to load. */
let loading: ReturnType<typeof instance> | undefined;

/** A larger graph cannot be read, so services that stay the same and are not next to a change are left out. */
const readable = 40;

export interface Drawing {
  svg: Markup;
  /** What the legend explains. */
  changes: string[];
  /** The number of services that are not drawn. */
  hidden: number;
}

/** Draws the services and their connections as SVG. Classes name what changes; the style of the page gives them colours. */
export async function drawGraph(graph: Graph): Promise<Drawing> {
  const { services, edges } = shownOf(graph);
  const viz = await (loading ??= instance());
  const svg = viz.renderString(
    {
      graphAttributes: { bgcolor: 'transparent', pad: 0.2, nodesep: 0.35, ranksep: 0.5, rankdir: 'TB' },
      nodeAttributes: { fontname: 'Arial', fontsize: 13, margin: '0.18,0.1', style: 'filled', tooltip: ' ' },
      edgeAttributes: { fontname: 'Arial', fontsize: 10, arrowsize: 0.7, tooltip: ' ' },
      nodes: services.map(({ name, form, change }) => ({
        name,
        attributes: { shape: shapeOf(form), class: change, label: { html: label(name, change) } },
      })),
      edges: edges.map(({ from, to, change }) => ({
        tail: from,
        head: to,
        attributes: { class: change, ...(change !== 'same' && { label: ` ${change} ` }) },
      })),
    },
    { format: 'svg' },
  );
  return {
    svg: new Markup(cleaned(svg)),
    changes: changesOf(services),
    hidden: graph.services.length - services.length,
  };
}

function shownOf({ services, edges }: Graph): Graph {
  const changed = new Set(services.filter(({ change }) => change !== 'same').map(({ name }) => name));
  const lively = edges.filter(
    ({ from, to, change }) => change !== 'same' || changed.has(from) || changed.has(to),
  );
  const near = new Set([...changed, ...lively.flatMap(({ from, to }) => [from, to])]);
  const shown = services.length <= readable ? services : services.filter(({ name }) => near.has(name));
  const names = new Set(shown.map(({ name }) => name));
  // Graphviz would make a node of each unknown name.
  return { services: shown, edges: edges.filter(({ from, to }) => names.has(from) && names.has(to)) };
}

function changesOf(services: Graph['services']): string[] {
  const present = new Set<string>(services.map(({ change }) => change));
  return ['new', 'changed', 'replaced', 'removed', 'same'].filter((change) => present.has(change));
}

function shapeOf(form: string): string {
  return form === 'data' ? 'cylinder' : form === 'external' ? 'hexagon' : 'box';
}

function label(name: string, change: string): string {
  const detail = change === 'same' ? '' : `<br/><font point-size="10">${change}</font>`;
  return `<b>${escaped(visible(name))}</b>${detail}`;
}

/** Removes what only a file of its own needs, such as identifiers, and the titles: browsers would show `api->redis` as a tooltip. */
function cleaned(svg: string): string {
  return svg
    .slice(svg.indexOf('<svg'))
    .replace(/<!--[^]*?-->|<title>[^]*?<\/title>/g, '')
    .replace(/ xmlns:xlink="[^"]*"/, '')
    .replace(/<g id="a_[^"]*"><a [^>]*>|<\/a>\n<\/g>| id="[^"]*"/g, '')
    .replace('<svg ', '<svg role="img" aria-label="Services and connections, coloured by change" ');
}
