import { stringify } from 'yaml';
import type { ReleaseFile } from './schema.ts';

/** Returns the text of a release file. Artifacts are sorted by name, so that a diff shows what differs. */
export function formatRelease({ artifacts, ...head }: ReleaseFile): string {
  const names = Object.keys(artifacts).toSorted();
  const sorted = Object.fromEntries(names.map((name) => [name, artifacts[name]]));
  return stringify({ ...head, artifacts: sorted }, { version: '1.2', schema: 'core', lineWidth: 0 });
}
