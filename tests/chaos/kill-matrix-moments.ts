import { globSync } from 'node:fs';
import { join } from 'node:path';
import { environment } from '../../infra/targets/testing/system.ts';
import { readSpec, readStatus } from '../../infra/supervisor/files.ts';
import { lockHolders } from '../../infra/supervisor/lock.ts';
import { hasUnfinishedCommand } from '../../infra/targets/process/kinds/unfinished.ts';
import type { Matrix } from './kill-matrix-stack.ts';

/**
 * A step of `up`, recognized only by files on disk. The function that `watch` returns is true once the step has
 * begun.
 */
export interface Moment {
  name: string;
  /** Called before `up` starts. */
  watch: (matrix: Matrix) => () => boolean;
}

export const moments: Moment[] = [
  {
    name: 'lock taken',
    watch: ({ system }) => {
      const folder = join(system.root, '.railhead/state/.pulumi/locks/organization/railhead', environment);
      return () => globSync('*.json', { cwd: folder }).length > 0;
    },
  },
  {
    name: 'before spawn',
    watch: (matrix) => () => {
      const creating = pendingOf(
        matrix.system.state(),
        'creating',
        new RegExp(`Service::${matrix.coming()}$`),
      );
      return creating && readStatus(matrix.folder(matrix.coming())) === undefined;
    },
  },
  {
    name: 'after spawn, before state write',
    watch: (matrix) => () =>
      readStatus(matrix.folder(matrix.coming()))?.replicas.some(({ pid }) => pid > 0) ?? false,
  },
  { name: 'during preDeploy', watch: (matrix) => () => hasUnfinishedCommand(matrix.folder('main')) },
  {
    name: 'mid-update',
    watch: (matrix) => {
      const before = readStatus(matrix.folder('main'))?.deploymentId;
      return () => {
        const status = readStatus(matrix.folder('main'));
        return status?.state === 'starting' && status.deploymentId !== before;
      };
    },
  },
  {
    name: 'mid-delete',
    watch: (matrix) => () => {
      const folder = matrix.folder(matrix.leaving());
      return readSpec(folder) === undefined && lockHolders(folder).length > 0;
    },
  },
  {
    name: 'after the last resource',
    watch: ({ system }) => {
      const folder = join(system.root, '.railhead/state/.pulumi/history/railhead', environment);
      const count = () => globSync('*.history.json', { cwd: folder }).length;
      const before = count();
      return () => count() > before;
    },
  },
];

interface Checkpoint {
  checkpoint: { latest?: { pending_operations?: { type: string; resource: { urn: string } }[] } };
}

/** Returns true if the state has a pending operation of this type on a resource. */
export function pendingOf(state: string, type: string, urn: RegExp): boolean {
  const { checkpoint } = JSON.parse(state) as Checkpoint;
  const pending = checkpoint.latest?.pending_operations ?? [];
  return pending.some((operation) => operation.type === type && urn.test(operation.resource.urn));
}
