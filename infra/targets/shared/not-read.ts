import { pulumiCommand } from '../../common/commands.ts';
import type { DeployedResource } from './drift.ts';

/** Returns a note about resources that the program of the project has added to those of the target. */
export function notRead(resources: readonly DeployedResource[], environment: string): string[] {
  if (resources.length === 0) return [];
  const packages = [...new Set(resources.map(({ type }) => type.split(':')[0] ?? ''))].toSorted();
  return [
    `Resources that Railhead has not planned were not compared, of the providers ${packages.join(', ')}. Pulumi compares them: ${pulumiCommand(environment, 'refresh', '--preview-only')}`,
  ];
}
