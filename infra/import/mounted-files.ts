import { containsSecret } from '../fields/credentials.ts';
import type { Draft } from './draft.ts';
import type { ImportedService } from './facts.ts';
import { cannot, defaulted, type Ledger, type Outcome } from './ledger.ts';
import { rewriteContent, type Names } from './values.ts';

/** Writes the files that are mounted into a service. A content with a credential becomes a secret as a whole. */
export function writeFiles(
  draft: Draft,
  { files }: ImportedService,
  owner: string,
  names: Names,
  ledger: Ledger,
): void {
  const taken = new Set<string>();
  for (const { path, source, content = '', from } of files) {
    if (taken.has(path)) {
      ledger.settle(from, defaulted('another line mounts a file at this path'));
      continue;
    }
    const place = ['services', owner, 'files', String(taken.size)];
    taken.add(path);
    draft.set([...place, 'path'], path, from);
    if (source !== undefined) ledger.settle(from, draft.set([...place, 'source'], source, from));
    else ledger.settle(from, draft.set([...place, 'content'], textOf(path, content, owner, names), from));
  }
}

function textOf(path: string, content: string, owner: string, names: Names): string {
  const text = rewriteContent(content, { name: path, service: owner }, names);
  return containsSecret(text) ? names.secrets.reference(path, content) : text;
}

const forAll = defaulted('every user can read a mounted file');
const noProgram = cannot('a mounted file is not executable', 'start it with its interpreter: `sh <path>`');

/** What becomes of the permissions of a mounted file. */
export function modeOutcome(mode: number): Outcome {
  return (mode & 0o111) === 0 ? forAll : noProgram;
}
