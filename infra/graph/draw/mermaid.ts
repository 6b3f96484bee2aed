import { routeAddress } from '../../stack/route-address.ts';
import type { GraphService, ServiceGraph } from '../types.ts';
import { describeRunning } from './describe.ts';

/** Draws the graph as a Mermaid flow chart, which GitHub and many editors render. */
export function drawMermaid(graph: ServiceGraph): string {
  const nodes = graph.services.map((service) => `  ${id(service.name)}${shape(service)}`);
  const edges = graph.edges.map(({ from, to }) => `  ${id(from)} --> ${id(to)}`);
  return ['flowchart TD', ...gatewayLines(graph), ...nodes, ...edges].join('\n');
}

function shape(service: GraphService): string {
  const label = `"<b>${service.name}</b><br>${describeRunning(service)}"`;
  if (service.form !== 'code') return `[(${label})]`;
  return service.config.cron === undefined ? `[${label}]` : `{{${label}}}`;
}

function gatewayLines({ gateway }: ServiceGraph): string[] {
  const routes = (gateway?.routes ?? []).map(
    (route) => `  gateway -->|"${routeAddress(route)}"| ${id(route.to)}`,
  );
  return gateway === undefined ? [] : [`  gateway(["<b>gateway</b><br>:${gateway.port}"])`, ...routes];
}

/** Returns the identifier of a service. The prefix avoids keywords of Mermaid, such as `end`. */
function id(service: string): string {
  return `s-${service}`;
}
