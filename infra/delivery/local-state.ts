import { isAbsolute, join } from 'node:path';

/** Absolute paths of the files of one stack in Pulumi's file backend. */
export interface LocalState {
  /** File with every resource, its inputs and outputs; `<checkpoint>.bak` is the previous version. */
  checkpoint: string;
  /** Folder with a checkpoint of each finished run. */
  backups: string;
  /** Folder with what each finished run has done. */
  history: string;
  /** Folder with a lock file for each run that changes the stack. */
  locks: string;
}

/** The place of all states of a project. */
export interface StatePlace {
  /** PULUMI_BACKEND_URL. */
  backend: string;
  /** The name of the Pulumi project. */
  project: string;
}

/** Returns the paths of a stack's state; undefined if the state is not in a folder on this machine. */
export function localState({ backend, project }: StatePlace, stack: string): LocalState | undefined {
  if (!backend.startsWith('file://')) return undefined;
  const folder = decodeURIComponent(backend.slice('file://'.length).replace(/\?.*$/, ''));
  if (!isAbsolute(folder)) return undefined;
  const base = join(folder, '.pulumi');
  return {
    checkpoint: join(base, 'stacks', project, `${stack}.json`),
    backups: join(base, 'backups', project, stack),
    history: join(base, 'history', project, stack),
    locks: join(base, 'locks/organization', project, stack),
  };
}
