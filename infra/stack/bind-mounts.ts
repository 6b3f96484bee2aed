import { posix } from 'node:path';
import * as z from 'zod';
import { compareTexts } from '../common/compare-texts.ts';
import { fields } from '../fields/fields.ts';
import { absolutePath } from './container.ts';
import { folder, partName, toVariablePart } from './names.ts';

const bindMount = fields({
  source: folder
    .transform((path) => posix.normalize(path).replace(/\/$/, ''))
    .describe('Folder that is mounted, relative to the repository root.'),
  path: absolutePath.describe(
    'Mount path in the container. The variable `<NAME>_MOUNT_PATH` contains the actual path.',
  ),
  readOnly: z.boolean('true or false').optional().describe('Whether the folder is mounted read-only.'),
});

/** Folders of the repository that a service mounts, by name. */
export const bindMounts = z.record(partName('bind mount', 20), bindMount, 'a map of bind mounts');

/** A folder of the repository that a service mounts. */
export interface BindMount {
  /** The name in the stack file: `content`. */
  name: string;
  /** The folder, relative to the repository root. */
  source: string;
  /** The absolute path in the container. */
  path: string;
  readOnly: boolean;
  /** The variable of the service with the actual path: `CONTENT_MOUNT_PATH`. */
  variable: string;
}

/** Returns the bind mounts of a service, sorted by name. */
export function bindMountsOf({
  bindMounts: declared = {},
}: {
  bindMounts?: z.output<typeof bindMounts> | undefined;
}): BindMount[] {
  return Object.entries(declared)
    .toSorted(([one], [other]) => compareTexts(one, other))
    .map(([name, { source, path, readOnly = false }]) => ({
      ...{ name, source, path, readOnly },
      variable: `${toVariablePart(name)}_MOUNT_PATH`,
    }));
}
