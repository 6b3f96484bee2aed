import { capture } from '../../../tools/command.ts';
import type { ServiceGraph } from '../../graph/types.ts';
import { patience } from '../shared/preflight.ts';
import { ownerLabel } from './labels.ts';

/**
 * Returns the owners of the networks and volumes that an environment has on the daemon; an empty string for those without an
 * owner. Returns none if the daemon does not answer, which the preflight reports.
 */
export async function dockerOwners({ name, environment }: ServiceGraph): Promise<string[]> {
  const labels = [`railhead.stack=${name}`, `railhead.environment=${environment}`];
  const filters = labels.flatMap((label) => ['--filter', `label=${label}`]);
  const format = ['--format', `{{.Label "${ownerLabel}"}}`];
  const ownersOf = async (kind: 'network' | 'volume') => {
    const args = [kind, 'ls', ...filters, ...format];
    const { code, stdout } = await capture('docker', args, { timeout: patience });
    return code === 0 ? stdout.split('\n').slice(0, -1) : [];
  };
  return (await Promise.all([ownersOf('network'), ownersOf('volume')])).flat();
}
