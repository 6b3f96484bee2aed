import { table } from '../../common/table.ts';
import { routeAddress, routeTarget } from '../../stack/route-address.ts';
import type { GraphService, ServiceGraph } from '../types.ts';
import { describeRunning, describeService } from './describe.ts';

/** Draws the graph as a table in start order. A service may connect to every service after which it starts. */
export function drawText(graph: ServiceGraph, width?: number): string {
  const steps = stepsOf(graph);
  const rows = graph.services.map((service, index) => {
    const step = steps.get(service.name) ?? 1;
    const before = graph.services[index - 1];
    const isFirst = before === undefined || steps.get(before.name) !== step;
    return [
      isFirst ? String(step) : '',
      service.name,
      describeService(service),
      describeRunning(service),
      service.waitsFor.join(', ') || '-',
    ];
  });
  const count = `${plural(graph.services.length, 'service')}, ${plural(graph.edges.length, 'edge')}`;
  return [
    `${graph.name} in ${graph.environment}: ${count}`,
    '',
    ...table([['STEP', 'SERVICE', 'WHAT', 'RUNS', 'STARTS AFTER, CONNECTS TO'], ...rows], width),
    ...gatewayLines(graph, width),
  ].join('\n');
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

function gatewayLines({ gateway }: ServiceGraph, width: number | undefined): string[] {
  if (gateway === undefined) {
    return [];
  }
  const limit = gateway.rateLimit;
  const notes = [
    ...(gateway.domain === undefined ? [] : [gateway.domain]),
    ...(limit === undefined ? [] : [`${limit.requests} requests in ${limit.period}s`]),
  ];
  const title = `gateway :${gateway.port}${notes.length > 0 ? ` (${notes.join(', ')})` : ''}`;
  return [
    '',
    title,
    ...table(
      gateway.routes.map((route) => ['', routeAddress(route), `→ ${routeTarget(route)}`]),
      width,
    ),
  ];
}

/** Returns the step of each service. Services with the same step start at the same time. */
function stepsOf({ services }: ServiceGraph): Map<string, number> {
  const steps = new Map<string, number>();
  const step = ({ waitsFor }: GraphService) =>
    1 + waitsFor.reduce((latest, name) => Math.max(latest, steps.get(name) ?? 0), 0);
  for (const service of services) {
    steps.set(service.name, step(service));
  }
  return steps;
}
