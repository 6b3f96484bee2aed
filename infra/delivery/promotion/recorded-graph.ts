import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { inFolder } from '../../common/folders.ts';
import { withTemporaryFolder } from '../../common/temporary-folder.ts';
import { createLookup } from '../../graph/lookup.ts';
import { describeServices } from '../../graph/services.ts';
import type { GraphService } from '../../graph/types.ts';
import { resolveVariables } from '../../graph/variables.ts';
import { loadStack } from '../../stack/load.ts';
import { UserError } from '../../../tools/user-error.ts';
import type { HistoryRecord } from '../history/record.ts';

/**
 * Returns the services of an update with their references, from the texts of its stack files in the record. Nothing is checked: the
 * update has done that. Undefined if the record does not have all texts, or if this version cannot read them.
 */
export function recordedServices({
  environment,
  declared,
}: HistoryRecord): Promise<GraphService[] | undefined> {
  return withTemporaryFolder('railhead-recorded-', (folder) =>
    Promise.resolve(read(folder, environment, declared)),
  );
}

function read(
  folder: string,
  environment: string,
  declared: HistoryRecord['declared'],
): GraphService[] | undefined {
  if (declared === undefined) return undefined;
  const { stackFile, files } = declared;
  for (const [path, text] of Object.entries(files)) {
    const file = join(folder, path);
    // A stack file can extend one outside of the project.
    if (relative(folder, file).startsWith('..')) return undefined;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  try {
    return inFolder(folder, () => {
      const { stack } = loadStack(stackFile, folder);
      const { templates } = resolveVariables(stack, createLookup(stack, environment));
      return describeServices(stack, environment, templates);
    });
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}
