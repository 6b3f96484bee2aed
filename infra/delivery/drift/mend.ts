import * as z from 'zod';
import { UserError } from '../../../tools/user-error.ts';
import { environmentName } from '../../changes/causes.ts';
import type { ComponentChange } from '../../changes/compare.ts';
import { npmCommand, railheadCommand } from '../../common/commands.ts';
import { componentOf, isOfStateOnly } from '../../targets/shared/data.ts';
import type { ExportedResource } from '../state-resources.ts';
import type { DriftDocument } from './document.ts';
import { isMendable } from './draw.ts';

/** What a mend updates. */
export interface Mend {
  /** The services that have drifted, and `environment` for resources without a service. */
  services: string[];
  /** The resources, by their URN. */
  urns: string[];
  /** The URNs of those resources that have to be created again. */
  replaced: string[];
}

const dependent = z.object({
  propertyDependencies: z.record(z.string(), z.array(z.string()).nullish()).nullish(),
});

/**
 * Returns the resources that `drift --mend` updates: all resources of the services that have drifted, and all resources that use a
 * missing resource, such as the containers of a network.
 */
export function mendOf(
  { findings }: Pick<DriftDocument, 'findings'>,
  state: readonly ExportedResource[],
): Mend {
  const drifted = findings.filter((finding) => finding.urn !== undefined && isMendable(finding));
  const missing = drifted.flatMap(({ kind, urn = '' }) => (kind === 'deleted' ? [urn] : []));
  const resources = state.filter(({ type }) => !isOfStateOnly(type));
  const made = madeFrom(missing, resources);
  const services = new Set([
    ...drifted.map(({ service }) => service ?? environmentName),
    ...made.map(ownerOf),
  ]);
  const urns = resources
    .filter((resource) =>
      ownerOf(resource) === environmentName
        ? drifted.some(({ urn }) => urn === resource.urn) || made.includes(resource)
        : services.has(ownerOf(resource)),
    )
    .map(({ urn }) => urn);
  const replaced = drifted.flatMap(({ replaces, urn = '' }) => (replaces ? [urn] : []));
  return { services: [...services].toSorted(), urns, replaced: [...new Set(replaced)] };
}

/** Returns the resources that take an input from the given ones, directly or through other resources. */
function madeFrom(urns: readonly string[], resources: readonly ExportedResource[]): ExportedResource[] {
  const known = new Set(urns);
  const isMade = (resource: ExportedResource) =>
    Object.values(dependent.parse(resource).propertyDependencies ?? {}).some((from) =>
      from?.some((urn) => known.has(urn)),
    );
  // The state lists a resource after those that it depends on.
  return resources.filter((resource) => {
    if (!isMade(resource)) return false;
    known.add(resource.urn);
    return true;
  });
}

function ownerOf({ parent }: ExportedResource): string {
  return (typeof parent === 'string' ? componentOf(parent) : undefined) ?? environmentName;
}

/** Returns the services with changes that are not deployed: what a preview shows without drift. */
export function undeployed(changes: readonly ComponentChange[]): string[] {
  const isEdit = ({ drift, paths }: ComponentChange) =>
    drift === undefined || paths.some((path) => path !== 'state');
  return [...new Set(changes.filter(isEdit).map(({ service }) => service ?? environmentName))].toSorted();
}

/** Throws UserError if an update of what has drifted would also deploy something new. */
export function refuseUndeployed(
  { services }: Pick<Mend, 'services'>,
  edited: readonly string[],
  environment: string,
): void {
  if (services.length === 0 && edited.length > 0) {
    throw new UserError(
      `Only an update of everything stops what a killed run has left, and ${edited.join(', ')} would be deployed with it, so nothing was changed.\n` +
        `To deploy everything: ${npmCommand('up', environment)}`,
    );
  }
  const both = services.filter((service) => edited.includes(service));
  if (both.length === 0) return;
  const names = both.join(', ');
  throw new UserError(
    `${names} ${both.length === 1 ? 'has' : 'have'} drifted, and the files of the project have changes of ${both.length === 1 ? 'it' : 'them'} that are not deployed. ` +
      `A mend deploys only what was deployed, so nothing was changed.\n` +
      `Deploy the changes, which takes the drift back too: ${npmCommand('up', environment)}\n` +
      `Or take the changes back, then: ${railheadCommand(environment, 'drift', '--mend')}`,
  );
}
