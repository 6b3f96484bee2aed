import { pulumiCommand } from '../../common/commands.ts';
import type { DeployedResource } from './drift.ts';

/** Returns a note about resources that belong to other providers than the target's. */
export function notRead(resources: readonly DeployedResource[], environment: string): string[] {
  if (resources.length === 0) return [];
  const packages = [...new Set(resources.map(({ type }) => type.split(':')[0] ?? ''))].toSorted();
  return [
    `Resources of other providers were not compared: ${packages.join(', ')}. Pulumi compares them: ${pulumiCommand(environment, 'refresh', '--preview-only')}`,
  ];
}
