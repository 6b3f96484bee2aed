import { inFolder } from '../../common/folders.ts';
import { createLookup } from '../../graph/lookup.ts';
import { readMountedFiles } from '../../graph/mounted-files.ts';
import { describeServices } from '../../graph/services.ts';
import type { GraphService } from '../../graph/types.ts';
import { resolveVariables } from '../../graph/variables.ts';
import { loadStack } from '../../stack/load.ts';
import { UserError } from '../../../tools/user-error.ts';
import type { HistoryRecord } from '../history/record.ts';
import { recordedStack, writeStack } from '../history/recorded-stack.ts';
import { withOwnedFolder } from '../owned-folder.ts';

/**
 * Returns the services of an update with their references, from the texts of its stack files in the record. Nothing is checked: the
 * update has done that. Undefined if the record does not have all texts, or if this version cannot read them.
 */
export function recordedServices(record: HistoryRecord): Promise<GraphService[] | undefined> {
  return withOwnedFolder('railhead-recorded-', (folder) => Promise.resolve(read(folder, record)));
}

function read(folder: string, record: HistoryRecord): GraphService[] | undefined {
  if (record.declared === undefined) return undefined;
  const { environment } = record;
  try {
    const recorded = recordedStack(record);
    writeStack(folder, recorded);
    return inFolder(folder, () => {
      const { stack, filesRoot } = loadStack(recorded.file, folder);
      const { templates } = resolveVariables(stack, createLookup(stack, environment));
      return describeServices(stack, environment, templates, readMountedFiles(stack, filesRoot).texts);
    });
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}
