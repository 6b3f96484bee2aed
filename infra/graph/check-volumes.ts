import type { Finding } from '../stack/finding.ts';
import { suggest } from '../stack/nearest.ts';
import { isCode, type Stack } from '../stack/schema.ts';

/** Checks that each volume of a service is one of the stack or has a size, and not both. */
export function checkVolumes({ services, volumes: shared }: Stack): Finding[] {
  return Object.entries(services).flatMap(([service, config]) =>
    Object.entries((isCode(config) && config.volumes) || {}).flatMap(([name, { size }]): Finding[] => {
      const path = ['services', service, 'volumes', name];
      const isShared = Object.hasOwn(shared, name);
      if (size !== undefined && isShared) {
        const message = 'must be left out: the top-level "volumes" has this volume with its size';
        return [{ path: [...path, 'size'], message }];
      }
      if (size !== undefined || isShared) return [];
      const hint = Object.keys(shared).length > 0 ? ` (${suggest(name, Object.keys(shared))})` : '';
      const message = `needs "size", or an entry in the top-level "volumes"${hint}, which services share`;
      return [{ path, message, cause: ['volumes', name] }];
    }),
  );
}
