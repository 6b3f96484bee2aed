import { isAbsolute, join } from 'node:path';

/** Where Pulumi's file backend keeps one stack, all absolute. */
export interface LocalState {
  /** Every resource with its inputs and outputs; `<checkpoint>.bak` is the one before. */
  checkpoint: string;
  /** Folder of the checkpoints that finished runs have left. */
  backups: string;
  /** Folder of the lock files, one for each run that writes. */
  locks: string;
}

/** `backend`: PULUMI_BACKEND_URL. Undefined where the state is not in a folder of this machine. */
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
