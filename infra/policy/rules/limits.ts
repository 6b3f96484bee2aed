import type { GraphService } from '../../graph/types.ts';
import { containersOf } from '../containers.ts';
import { definePolicy, type PolicyInput, type PolicyProblem } from '../define.ts';
import { outsideDevelopment } from '../levels.ts';
import { canSet } from '../support.ts';
import { isUnknown } from '../unknown.ts';

const names = ['cpu', 'memory'] as const;

export const limits = definePolicy({
  name: 'limits',
  description: 'Every service sets its limits of CPU and memory, and every container has both.',
  levels: outsideDevelopment,
  check: (input) => {
    const undeclared = input.graph.services.flatMap((service) => declared(input, service));
    const known = new Set(undeclared.map(({ service }) => service));
    return [...undeclared, ...planned(input).filter(({ service }) => !known.has(service))];
  },
});

/** Without a limit in the stack file, Railhead sets one that fits any machine, not this service. */
function declared(input: PolicyInput, service: GraphService): PolicyProblem[] {
  const { name, form, config } = service;
  if (form === 'external' || !canSet(input, service, 'resources')) return [];
  const missing = names.filter((amount) => config.resources?.[amount] === undefined);
  if (missing.length === 0) return [];
  const example = missing.map((amount) => (amount === 'cpu' ? 'cpu: 1' : 'memory: 512Mi')).join(', ');
  const message = `has no limit of ${missing.join(' and ')}: measure what it needs and set it, as in resources: { ${example} }`;
  return [{ path: ['services', name, 'resources'], message, service: name }];
}

function planned({ resources }: PolicyInput): PolicyProblem[] {
  return containersOf(resources).flatMap(({ component, object, ...container }) => {
    const missing = names.filter((name) => container[name] === undefined || isUnknown(container[name]));
    if (missing.length === 0) return [];
    const path = component === undefined ? [] : ['services', component, 'resources'];
    return [
      {
        path,
        message: `a container of ${object} has no known limit of ${missing.join(' and ')}`,
        service: component,
      },
    ];
  });
}
