import { isAbsolute, join } from 'node:path';

/** Absolute paths of the files of one stack in Pulumi's file backend. */
export interface LocalState {
  /** File with every resource, its inputs and outputs; `<checkpoint>.bak` is the previous version. */
  checkpoint: string;
  /** Folder with a checkpoint of each finished run. */
  backups: string;
  /** Folder with a lock file for each run that changes the stack. */
  locks: string;
}

/**
 * Returns the paths of a stack's state; undefined if the state is not in a folder on this machine.
 *
 * @param backend PULUMI_BACKEND_URL
 */
export function localState(backend: string, stack: string): LocalState | undefined {
  if (!backend.startsWith('file://')) return undefined;
  const folder = decodeURIComponent(backend.slice('file://'.length).replace(/\?.*$/, ''));
  if (!isAbsolute(folder)) return undefined;
  const base = join(folder, '.pulumi');
  return {
    checkpoint: join(base, 'stacks/railhead', `${stack}.json`),
    backups: join(base, 'backups/railhead', stack),
    locks: join(base, 'locks/organization/railhead', stack),
  };
}
