import type { Tree } from '../../stack/tree.ts';
import { defaulted, type Ledger } from '../ledger.ts';

interface Place {
  folder: string;
  ledger: Ledger;
}

/** Returns a command without the `cd` to the folder of its service: Railway starts in the repository, and Railhead in this folder. */
export function inOwnFolder(command: string, from: Tree, { folder, ledger }: Place): string {
  const [start = '', named = ''] = /^\s*cd\s+(\S+)\s*&&\s*/.exec(command) ?? [];
  const path = named.replace(/^(["'])(.*)\1$/, '$2').replace(/^(\.|\/app)\//, '');
  // After another `cd`, a path can be relative to the repository.
  const isOwn =
    folder !== '.' && path.replace(/\/$/, '') === folder && !/\bcd\s/.test(command.slice(start.length));
  if (!isOwn) return command;
  ledger.settle(from, defaulted(`\`cd ${folder}\` is left out: the command starts in this folder`));
  return command.slice(start.length);
}
