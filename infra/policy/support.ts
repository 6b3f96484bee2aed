import type { GraphService } from '../graph/types.ts';
import {
  isIrrelevant,
  isLimited,
  isRefused,
  type StackSupport,
  type SupportEntry,
} from '../targets/shared/support.ts';
import type { PolicyInput } from './define.ts';

/** Returns the paths of the fields that a target refuses or ignores. */
export function unsupportedFields(fields: StackSupport): string[] {
  return below(fields, []);
}

function below(entry: SupportEntry, path: string[]): string[] {
  if (entry === 'honoured' || isLimited(entry)) return [];
  if (isRefused(entry) || isIrrelevant(entry)) return [path.join('.')];
  return Object.entries(entry).flatMap(([name, inner]) => below(inner, [...path, name]));
}

/** Returns whether a field of a service has an effect on the target. A rule demands no other fields. */
export function canSet({ target }: PolicyInput, { form, config }: GraphService, field: string): boolean {
  const path = `services.${form === 'code' ? config.kind : 'data'}.${field}`;
  return !target.unsupported.some((other) => path === other || path.startsWith(`${other}.`));
}
