import type { Draft } from './draft.ts';
import type { ImportedService } from './facts.ts';
import { referencesIn } from './names.ts';
import type { Server } from './values.ts';

/** Names of services that usually answer people's browsers. */
const sites =
  /^(web|www|site|frontend|front|client|app|ui|dashboard|nginx|proxy|gateway|caddy|kibana|grafana)\b/;

/** Whether a service has the name of one that people open in their browsers. */
export function isNamedAsSite({ name }: Pick<ImportedService, 'name'>): boolean {
  return sites.test(name);
}

/** The service to which the gateway sends all paths. */
export interface Site {
  service: ImportedService;
  /** Why it is not the first one; undefined if it is. */
  why: string | undefined;
}

/**
 * Chooses one of the public services: by its name, or else the first one on which no other public service depends. Browsers use
 * what a front end depends on through that front end.
 */
export function chooseSite(
  open: readonly ImportedService[],
  draft: Draft,
  servers: ReadonlyMap<string, Server>,
): Site | undefined {
  const named = open.filter(isNamedAsSite);
  const candidates = named.length > 0 ? named : open;
  const [first] = candidates;
  if (first === undefined) return undefined;
  const names = new Map(open.map((service) => [service, servers.get(service.name)?.name ?? '']));
  const isUsed = (service: ImportedService) =>
    open.some((other) => other !== service && dependsOn(draft, names.get(other), names.get(service)));
  const service = candidates.find((candidate) => !isUsed(candidate)) ?? first;
  const why = `all paths lead to ${names.get(service)}: another public service depends on ${names.get(first)}, and none on it`;
  return { service, why: service === first ? undefined : why };
}

/** Whether the stack file makes a service wait for another one, or gives it its address inside of the system. */
function dependsOn(draft: Draft, service = '', needed = ''): boolean {
  const texts = draft.below(['services', service, 'variables']).map(({ value }) => String(value));
  const isReferred = texts
    .flatMap(referencesIn)
    .some(([scope, name]) => scope === needed && !name.includes('PUBLIC'));
  return isReferred || draft.below(['services', service, 'dependsOn', needed]).length > 0;
}
