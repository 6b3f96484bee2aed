import { suggest } from '../stack/nearest.ts';
import { isCode, type CodeService, type SourceService, type Stack } from '../stack/schema.ts';
import type { Finding } from '../stack/finding.ts';
import { variableKey } from './meaning.ts';
import type { Template } from './types.ts';

/** Checks fields that only containers have against other services. */
export function checkContainers(stack: Stack, templates: ReadonlyMap<string, Template>): Finding[] {
  return Object.entries(stack.services).flatMap(([name, service]) =>
    isCode(service)
      ? [
          ...checkQueue(name, service, stack),
          ...(service.kind === 'source' ? checkBuildVariables(name, service, templates) : []),
        ]
      : [],
  );
}

/** Checks that the service from which a scaler reads the queue length exists and serves metrics. */
function checkQueue(name: string, { replicas: { queue } }: CodeService, stack: Stack): Finding[] {
  if (queue === undefined) return [];
  const path = ['services', name, 'replicas', 'queue', 'from'];
  const quoted = JSON.stringify(queue.from);
  const source = Object.hasOwn(stack.services, queue.from) ? stack.services[queue.from] : undefined;
  if (source === undefined) {
    const message = `there is no service ${quoted}; ${suggest(queue.from, Object.keys(stack.services))}`;
    return [{ path, message, cause: ['services', queue.from] }];
  }
  if (isCode(source) && source.metrics !== undefined && source.port !== undefined) return [];
  return [{ path, message: `${quoted} needs "metrics" and "port", which report the queue length` }];
}

/** Checks that build variables are plain values, since every user of the image can read them. */
function checkBuildVariables(
  name: string,
  service: SourceService,
  templates: ReadonlyMap<string, Template>,
): Finding[] {
  const { build, dockerfile, buildVariables } = service;
  if (build === undefined && dockerfile === undefined && buildVariables.length > 0) {
    const message = 'must be left out without "build" and "dockerfile": nothing else uses them';
    return [{ path: ['services', name, 'buildVariables'], message }];
  }
  const lists = buildVariables.map((variable, index) => ({ variable, index }));
  return lists.flatMap(({ variable, index }): Finding[] => {
    const path = ['services', name, 'buildVariables', index];
    const template = templates.get(variableKey(name, variable));
    if (template === undefined) {
      const known = Object.keys(service.variables);
      return [
        {
          path,
          message: `${JSON.stringify(variable)} is not a variable of the service; ${suggest(variable, known)}`,
        },
      ];
    }
    if (template.every((part) => typeof part === 'string')) return [];
    const message = `${JSON.stringify(variable)} is secret or known only when the service runs; a build accepts only plain values`;
    return [{ path, message }];
  });
}
