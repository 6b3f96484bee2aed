import { statSync } from 'node:fs';
import { uptime } from 'node:os';
import { basename, join } from 'node:path';
import type { AnyKind } from '../../provider/kind.ts';
import { readWorkload } from '../../supervisor/control.ts';
import { readSpec, readStatus } from '../../supervisor/files.ts';
import { isAlive } from '../../common/process-identity.ts';
import { environmentPaths, servicePaths } from '../../supervisor/paths.ts';
import type { DeployedResource, DriftFinding, Reality } from '../shared/drift.ts';
import { notRead } from '../shared/not-read.ts';
import { editsOf } from './edits.ts';
import { cron } from './kinds/cron.ts';
import { dataServers } from './kinds/data-server.ts';
import { gateway } from './kinds/gateway.ts';
import { service } from './kinds/service.ts';
import { ownerOf, runningBelow } from './strays.ts';

/** The kinds that run, by the last part of their type. */
const kinds: Record<string, AnyKind> = { Service: service, Cron: cron, Gateway: gateway, ...dataServers };
const own = /^railhead:(process|generated):/;

/** Compares the processes of an environment with its state. Reads files only. */
export function processDrift(
  resources: readonly DeployedResource[],
  { root, environment }: { root: string; environment: string },
): Reality {
  const { services } = environmentPaths(root, environment);
  const workloads = resources.filter(({ type }) => type.startsWith('railhead:process:') && kindOf(type));
  const known = workloads.map(({ name }) => name);
  const findings = [
    ...workloads.flatMap((resource) =>
      findingsOf(resource, servicePaths({ root, environment, name: resource.name }).workload),
    ),
    ...runningBelow(services)
      .filter((name) => !known.includes(ownerOf(name)))
      .map((name): DriftFinding => ({
        kind: 'stray',
        resource: `workload ${name}`,
        detail: 'it runs and is not in the state; the next `up` stops it',
      })),
  ];
  const isEdited = findings.some(({ kind }) => kind === 'changed');
  return {
    where: 'on disk',
    findings,
    notes: [
      ...(isEdited ? ['Files of this machine do not record who changed them.'] : []),
      ...notRead(
        resources.filter(({ type }) => !own.test(type)),
        environment,
      ),
    ],
  };
}

function kindOf(type: string): AnyKind | undefined {
  return kinds[type.split(':').at(-1) ?? ''];
}

/** Returns how a workload differs from its resource. The provider decides whether it does, as in an update. */
function findingsOf(resource: DeployedResource, folder: string): DriftFinding[] {
  const { type, name, urn, service: owner, inputs } = resource;
  const about = {
    resource: `${type.split(':').at(-1)} ${name}`,
    urn,
    ...(owner !== undefined && { service: owner }),
  };
  const kind = kindOf(type);
  const parsed = kind?.inputs.safeParse({ ...inputs, state: 'ready' });
  const state = parsed?.success ? kind?.read?.(parsed.data) : 'outdated';
  switch (state) {
    case 'ready':
    case undefined:
      return [];
    case 'stopped':
      return [{ ...about, ...absence(folder) }];
    case 'edited': {
      const changed = { at: changedAt(join(folder, 'spec.json')) };
      return editsOf(resource, folder).map((edit) => ({ kind: 'changed', ...about, ...edit, changed }));
    }
    case 'failed': {
      const reason = readWorkload(folder)?.failure?.reason;
      return [{ kind: 'failed', ...about, ...(reason !== undefined && { detail: reason }) }];
    }
    case 'outdated':
      return [{ kind: 'changed', ...about, detail: 'another deployment runs than the state records' }];
    default:
      return [{ kind: 'changed', ...about, detail: `it runs ${state}` }];
  }
}

/** Returns what is left of a workload whose supervisor does not run. */
function absence(folder: string): Pick<DriftFinding, 'kind' | 'detail'> {
  const status = readStatus(folder);
  const alive = status?.replicas.filter(isAlive).length ?? 0;
  if (alive > 0) {
    const replicas = alive === 1 ? '1 replica runs' : `${alive} replicas run`;
    return {
      kind: 'stopped',
      detail: `its supervisor does not run; ${replicas} without it, and nothing restarts them`,
    };
  }
  if (readSpec(folder) === undefined)
    return { kind: 'deleted', detail: `services/${basename(folder)}/spec.json does not exist` };
  const booted = Date.now() - uptime() * 1000;
  if (status !== undefined && Date.parse(status.supervisor.startedAt) < booted) {
    return { kind: 'stopped', detail: 'this machine has restarted since' };
  }
  return { kind: 'stopped', detail: 'but not by an update' };
}

function changedAt(file: string): string {
  return statSync(file).mtime.toISOString();
}
