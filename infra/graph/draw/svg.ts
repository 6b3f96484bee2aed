import { instance } from '@viz-js/viz';
import { routeAddress } from '../../stack/route-address.ts';
import type { GraphService, ServiceGraph } from '../types.ts';
import { describeRunning } from './describe.ts';

const ink = '#1f2937';
const font = 'Arial';
const quiet = '#6b7280';

/** Draws the graph as SVG with Graphviz: the gateway on top, data servers as cylinders. */
export async function drawSvg(graph: ServiceGraph): Promise<string> {
  const viz = await instance();
  const { gateway } = graph;
  const gatewayNodes = gateway ? [node('gateway', `:${gateway.port}`, looks.gateway)] : [];
  const routes = (gateway?.routes ?? []).map((route) => ({
    tail: 'gateway',
    head: route.to,
    attributes: { label: ` ${routeAddress(route)} `, style: 'dashed' },
  }));
  const nodes = graph.services.map((service) => node(service.name, describeRunning(service), look(service)));
  const edges = graph.edges.map(({ from, to }) => ({ tail: from, head: to }));
  return viz.renderString(
    {
      name: graph.name,
      graphAttributes: { bgcolor: 'white', pad: 0.3, nodesep: 0.5, ranksep: 0.65, tooltip: graph.name },
      nodeAttributes: { fontname: font, fontcolor: ink, margin: '0.22,0.12' },
      edgeAttributes: {
        color: quiet,
        arrowsize: 0.7,
        fontname: font,
        fontsize: 10,
        fontcolor: quiet,
      },
      nodes: [...gatewayNodes, ...nodes],
      edges: [...routes, ...edges],
    },
    { format: 'svg' },
  );
}

const looks = {
  gateway: { shape: 'box', style: 'rounded,filled', penwidth: 2, fillcolor: '#fef3c7', color: '#b45309' },
  data: { shape: 'cylinder', style: 'filled', fillcolor: '#dbeafe', color: '#1d4ed8' },
  cron: { shape: 'box', style: 'rounded,filled,dashed', fillcolor: '#f3f4f6', color: quiet },
  code: { shape: 'box', style: 'rounded,filled', fillcolor: '#dcfce7', color: '#15803d' },
};

function look({ form, config }: GraphService): object {
  if (form !== 'code') {
    return looks.data;
  }
  return config.cron === undefined ? looks.code : looks.cron;
}

function node(name: string, detail: string, style: object) {
  const html = `<b>${escape(name)}</b><br/><font point-size="10" color="${quiet}">${escape(detail)}</font>`;
  return { name, attributes: { ...style, label: { html }, tooltip: `${name} ${detail}` } };
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
