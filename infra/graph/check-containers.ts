import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { suggest } from '../stack/nearest.ts';
import type { CodeService, Stack } from '../stack/schema.ts';
import type { Finding } from '../stack/finding.ts';
import { variableKey } from './meaning.ts';
import type { Template } from './types.ts';

/** Rules between services, and between the stack file and the disk, for what only containers have. */
export function checkContainers(
  stack: Stack,
  root: string,
  templates: ReadonlyMap<string, Template>,
): Finding[] {
  return Object.entries(stack.services).flatMap(([name, service]) =>
    service.kind === 'source' || service.kind === 'image'
      ? [
          ...checkQueue(name, service, stack),
          ...checkDockerfile(name, service, root),
          ...checkBuildVariables(name, service, templates),
        ]
      : [],
  );
}

/** A scaler asks this service, so it must have something to answer with. */
function checkQueue(name: string, { replicas: { queue } }: CodeService, stack: Stack): Finding[] {
  if (queue === undefined) return [];
  const path = ['services', name, 'replicas', 'queue', 'from'];
  const quoted = JSON.stringify(queue.from);
  const source = Object.hasOwn(stack.services, queue.from) ? stack.services[queue.from] : undefined;
  if (source === undefined) {
    const message = `there is no service ${quoted}; ${suggest(queue.from, Object.keys(stack.services))}`;
    return [{ path, message, cause: ['services', queue.from] }];
  }
  if ('metrics' in source && source.metrics !== undefined && source.port !== undefined) return [];
  return [{ path, message: `${quoted} has no "metrics" on a "port" that tell the length of the queue` }];
}

function checkDockerfile(name: string, service: CodeService, root: string): Finding[] {
  if (service.kind !== 'source' || service.dockerfile === undefined) return [];
  const file = join(service.source, service.dockerfile);
  if (existsSync(join(root, file))) return [];
  return [{ path: ['services', name, 'dockerfile'], message: `${JSON.stringify(file)} does not exist` }];
}

/** What goes into a build can be read by everybody who has the image. */
function checkBuildVariables(
  name: string,
  service: CodeService,
  templates: ReadonlyMap<string, Template>,
): Finding[] {
  if (service.kind !== 'source') return [];
  const lists = service.buildVariables.map((variable, index) => ({ variable, index }));
  return lists.flatMap(({ variable, index }): Finding[] => {
    const path = ['services', name, 'buildVariables', index];
    const template = templates.get(variableKey(name, variable));
    if (template === undefined) {
      const known = Object.keys(service.variables);
      return [
        {
          path,
          message: `${JSON.stringify(variable)} is no variable of the service; ${suggest(variable, known)}`,
        },
      ];
    }
    if (template.every((part) => typeof part === 'string')) return [];
    const message = `${JSON.stringify(variable)} is known only when the service runs, or is secret; a build takes plain values`;
    return [{ path, message }];
  });
}
