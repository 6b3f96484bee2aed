import type { ServiceGraph } from '../graph/types.ts';
import type { Finding } from '../stack/finding.ts';

/** What no target that runs containers can do: the images that we make ourselves hold Node and nothing else. */
export function unsupportedInContainers({ services }: Pick<ServiceGraph, 'services'>): Finding[] {
  return services.flatMap(({ name, config }): Finding[] => {
    if (config.kind !== 'source' || config.dockerfile !== undefined || config.start === undefined) return [];
    if (callsNode(config.start)) return [];
    const message = `is run in an image that has Node alone; add a "dockerfile" that brings what ${JSON.stringify(config.start)} needs`;
    return [{ path: ['services', name, 'start'], message }];
  });
}

function callsNode(command: string): boolean {
  return /(^|[\s;&|('"])(node|npm|npx)(\s|$)/.test(command);
}
