import { UserError } from '../../../../tools/user-error.ts';
import { dockerCommand } from '../../../common/commands.ts';
import type { DeployedResource, DriftFinding, Reality } from '../../shared/drift.ts';
import { notRead } from '../../shared/not-read.ts';
import { lastLine } from '../../shared/preflight.ts';
import { containerFindings } from './container-drift.ts';
import { docker } from '../kinds/docker.ts';
import { readObjects, type LiveContainer } from './live.ts';
import { objects } from '../resources.ts';
import { strangersOf } from './strangers.ts';

/** Compares the objects of a daemon with the state. Only asks. */
export async function dockerDrift(
  resources: readonly DeployedResource[],
  { environment }: { environment: string },
): Promise<Reality> {
  const { code, problem } = await docker(['version', '--format', '{{.Server.Version}}']);
  if (code !== 0)
    throw new UserError(`Docker does not answer: ${lastLine(problem)}\nNext: ${dockerCommand('info')}`);
  const of = ({ token }: { token: string }) => resources.filter(({ type }) => type === token);
  const containers = await readObjects('container', of(objects.container).flatMap(idOf));
  const findings = [
    ...of(objects.container).flatMap((resource) => containersOf(resource, containers, resources)),
    ...(await missing('network', of(objects.network), idOf)),
    ...(await missing('volume', of(objects.volume), idOf)),
    ...(await missing('image', of(objects.image), ({ inputs }) => [String(inputs.name)])),
    ...(await strangersOf(resources)),
  ];
  return {
    where: 'in Docker',
    findings,
    notes: [
      ...(findings.length > 0 ? ['Docker does not record who changed something.'] : []),
      ...notRead(
        resources.filter(({ type }) => !/^(docker|railhead):/.test(type)),
        environment,
      ),
    ],
  };
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
  kind: 'network' | 'volume' | 'image',
  resources: readonly DeployedResource[],
  namesOf: (resource: DeployedResource) => string[],
): Promise<DriftFinding[]> {
  const live = await readObjects(kind, resources.flatMap(namesOf));
  const known = new Set(live.flatMap(({ Id, Name, RepoTags }) => [Id, Name, ...(RepoTags ?? [])]));
  const isMissing = (resource: DeployedResource) =>
    namesOf(resource).every(
      (name) => !known.has(name) && !(kind === 'image' && known.size > 0 && known.has(withTag(name))),
    );
  return resources.filter(isMissing).map(deleted);
}

function withTag(name: string): string {
  return /:[^/]+$/.test(name) ? name : `${name}:latest`;
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
