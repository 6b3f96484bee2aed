import { signature } from '../../provider/wire.ts';
import type { EngineEvent } from '../state/engine-log.ts';

/**
 * Returns the outputs of the stack as the engine reported them, with `[secret]` in place of a secret; undefined if it reported none,
 * as in an update that failed before the program ended.
 */
export function outputsOf(events: readonly EngineEvent[]): Record<string, unknown> | undefined {
  const reports = events.flatMap(({ resOutputsEvent }) => resOutputsEvent?.metadata ?? []);
  const stack = reports.findLast(({ type }) => type === 'pulumi:pulumi:Stack');
  const outputs = stack?.new?.outputs;
  return outputs ? (shown(outputs) as Record<string, unknown>) : undefined;
}

/** Returns a value in which the text `[secret]` stands for a secret, as in the output of `pulumi stack output`. */
function shown(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shown);
  if (typeof value !== 'object' || value === null) return value;
  if (signature in value && 'ciphertext' in value) return value.ciphertext;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, shown(item)]));
}
