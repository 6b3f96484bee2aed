import { dataTypeOf } from './data-service.ts';
import type { Imported, ImportedService } from './facts.ts';

/**
 * Returns what the files of Railway do not contain, and how to add it; undefined for other formats, and if a file gave it. They describe
 * how a service is built and run. Its variables and databases are in the project, and in railway.ts.
 */
export function lackingOf({ format, files, services, shared }: Imported): string | undefined {
  const isGiven =
    shared.size > 0 ||
    files.some(({ file, tree }) => file.endsWith('.ts') && tree !== undefined) ||
    services.some((service) => dataTypeOf(service) !== undefined || hasVariables(service));
  if (format !== 'Railway' || isGiven) return undefined;
  return 'These files contain no variables and no databases of the Railway project. `railway variables --service <name> --json` shows those of a service. Write them below `variables` of the service, secrets as ${{secret.NAME}}, and a database as a service of its own, such as `type: postgres`.';
}

/** railpack.json has variables of the build tool only. */
function hasVariables({ variables }: ImportedService): boolean {
  return [...variables.values()].some(({ from }) => !from.place.file.endsWith('railpack.json'));
}
