import { UserError } from '../../../../tools/user-error.ts';
import { dockerCommand } from '../../../common/commands.ts';
import type { DeployedResource, DriftFinding, Reality } from '../../shared/drift.ts';
import { notRead } from '../../shared/not-read.ts';
import { lastLine } from '../../shared/preflight.ts';
import { containerFindings } from './container-drift.ts';
import { docker } from '../kinds/docker.ts';
import { readObjects, type LiveContainer } from './live.ts';
import { objects } from '../resources.ts';
import { isLabelled, strangersOf } from './strangers.ts';

/** Compares the objects of a daemon with the state. Only asks. */
export async function dockerDrift(
  resources: readonly DeployedResource[],
  { environment }: { environment: string },
): Promise<Reality> {
  const { code, problem } = await docker(['version', '--format', '{{.Server.Version}}']);
  if (code !== 0)
    throw new UserError(`Docker does not answer: ${lastLine(problem)}\nNext: ${dockerCommand('info')}`);
  const own = resources.filter(isOwn);
  const of = ({ token }: { token: string }) => own.filter(({ type }) => type === token);
  const containers = await readObjects('container', of(objects.container).flatMap(idOf));
  const findings = [
    ...of(objects.container).flatMap((resource) => containersOf(resource, containers, own)),
    ...(await missing('network', of(objects.network))),
    ...(await missing('volume', of(objects.volume))),
    ...(await missingImages(of(objects.image))),
    ...(await strangersOf(resources)),
  ];
  return {
    where: 'in Docker',
    findings,
    notes: [
      ...(findings.length > 0 ? ['Docker does not record who changed something.'] : []),
      ...notRead(
        resources.filter((one) => !isOwn(one)),
        environment,
      ),
    ],
  };
}

/**
 * Whether Railhead has planned a resource: the program of the project can add others, also of the same provider. An image is no
 * service's, and its resource has its name.
 */
export function isOwn({ type, name, service, inputs }: DeployedResource): boolean {
  if (!type.startsWith('docker:')) return type.startsWith('railhead:');
  return (
    service !== undefined || isLabelled(inputs) || (type === objects.image.token && inputs.name === name)
  );
}

function containersOf(
  resource: DeployedResource,
  live: readonly LiveContainer[],
  resources: readonly DeployedResource[],
): DriftFinding[] {
  const found = live.find(({ Id }) => Id === resource.id);
  if (found === undefined) return [deleted(resource)];
  const limit = resources.find(
    ({ type, inputs }) => type === 'railhead:docker:ProcessLimit' && inputs.container === resource.id,
  );
  return containerFindings(about(resource), resource.inputs, found, limit?.inputs.pids);
}

async function missing(
  kind: 'network' | 'volume',
  resources: readonly DeployedResource[],
): Promise<DriftFinding[]> {
  const live = await readObjects(kind, resources.flatMap(idOf));
  const known = new Set(live.flatMap(({ Id, Name }) => [Id, Name]));
  return resources.filter(({ id }) => id === undefined || !known.has(id)).map(deleted);
}

/**
 * Asks for each image alone: an image that exists does not say by which name it was asked for, as `docker.io/library/redis:8` is
 * `redis:8`, and one that was pulled by its digest has no tag.
 */
export async function missingImages(resources: readonly DeployedResource[]): Promise<DriftFinding[]> {
  const looks = resources.map(async (resource) => {
    const [found] = await readObjects('image', [String(resource.inputs.name)]);
    return found === undefined ? [deleted(resource)] : [];
  });
  return (await Promise.all(looks)).flat();
}

function deleted(resource: DeployedResource): DriftFinding {
  return { kind: 'deleted', ...about(resource) };
}

function about({ type, name, urn, service }: DeployedResource) {
  const kind = type.split(':').at(-1) ?? '';
  return { resource: `${kind} ${name}`, urn, ...(service !== undefined && { service }) };
}

function idOf({ id }: DeployedResource): string[] {
  return id === undefined ? [] : [id];
}
