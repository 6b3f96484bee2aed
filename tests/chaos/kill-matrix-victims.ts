import { readStatus } from '../../infra/supervisor/files.ts';
import { processesOf } from '../live/processes.ts';
import type { Matrix } from './kill-matrix-stack.ts';

/** A process that `up` needs, or one that must survive it. */
export interface Victim {
  name: string;
  /** Returns undefined while the process does not exist. */
  pid: (matrix: Matrix) => number | undefined;
}

export const victims: Victim[] = [
  { name: 'pulumi CLI', pid: byCommand(/\/bin\/pulumi up /) },
  { name: 'language host', pid: byCommand(/pulumi-language-nodejs|language-host\/main\.ts/) },
  { name: 'program', pid: byCommand(/@pulumi\/pulumi\/cmd\/run/) },
  { name: 'provider', pid: byCommand(/plugin\/main\.ts/) },
  { name: 'replica', pid: replicaOf('main') },
  { name: 'postgres', pid: replicaOf('db') },
  { name: 'supervisor', pid: (matrix) => readStatus(matrix.folder('main'))?.supervisor.pid },
];

function byCommand(pattern: RegExp): Victim['pid'] {
  return ({ system }) => processesOf(system.root).find(({ command }) => pattern.test(command))?.pid;
}

function replicaOf(service: string): Victim['pid'] {
  return (matrix) => readStatus(matrix.folder(service))?.replicas.find(({ state }) => state === 'ready')?.pid;
}
