import { setTimeout as sleep } from 'node:timers/promises';
import { UserError } from '../../../../tools/user-error.ts';
import type { Kubectl } from '../kubectl.ts';
import type { Kind } from '../needs.ts';
import { argoKinds } from './argo.ts';
import { watchedKinds, type Workload } from './objects.ts';

/** Milliseconds between two looks. */
const pause = 1_000;

/** Milliseconds for which the API server may fail to answer. */
const outage = 60_000;

const coming = new Map<string, Promise<unknown>>();
let failingSince: number | undefined;

/**
 * Reads the objects of a namespace after a short pause. Rollouts that run at the same time share one reading. Returns
 * undefined if the API server does not answer; throws a UserError after a minute without an answer.
 */
export function look(kubectl: Kubectl, namespace: string, kind: Workload['kind']): Promise<unknown> {
  const kinds = [...watchedKinds, ...(kind === 'Rollout' ? argoKinds : [])].map(nameOf).join();
  const key = `${namespace} ${kinds}`;
  const shared = coming.get(key);
  if (shared !== undefined) return shared;
  const reading = sleep(pause).then(() => {
    coming.delete(key);
    return read(kubectl, namespace, kinds);
  });
  coming.set(key, reading);
  return reading;
}

function nameOf({ group, resource }: Kind): string {
  return group === '' ? resource : `${resource}.${group}`;
}

async function read(kubectl: Kubectl, namespace: string, kinds: string): Promise<unknown> {
  const flags = [`--namespace=${namespace}`, '--output=json'];
  const { code, stdout, problem } = await kubectl('get', kinds, ...flags);
  if (code === 0) {
    failingSince = undefined;
    return JSON.parse(stdout);
  }
  failingSince ??= Date.now();
  const isMissing = code === null && problem.includes('ENOENT');
  if (isMissing || Date.now() - failingSince > outage) {
    throw new UserError(`Rollouts on Kubernetes are watched with kubectl, which failed: ${problem}`);
  }
  return undefined;
}
