import { table } from '../../common/table.ts';
import type { SecretState } from './secret-states.ts';

const values = {
  set: 'set',
  plain: 'not encrypted',
  missing: 'missing',
  esc: 'perhaps, in Pulumi ESC',
} as const satisfies Record<SecretState['value'], string>;

/** Draws one line for each secret. Contains no values. */
export function drawSecrets(
  secrets: readonly SecretState[],
  width: number,
  style: (cell: string, text: string) => string,
): string[] {
  const rows = secrets.map(({ name, value, services, deployed }) => [
    name,
    values[value],
    deployed === undefined ? '' : `#${deployed.number}  ${deployed.time.slice(0, 10)}`,
    services.join(', '),
  ]);
  return table([['secret', 'value', 'deployed since', 'services'], ...rows], width, style);
}
