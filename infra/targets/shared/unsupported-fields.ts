import { isDataType } from '../../data/index.ts';
import type { ServiceGraph } from '../../graph/types.ts';
import type { Finding } from '../../stack/finding.ts';
import type { Path } from '../../stack/tree.ts';
import { isIrrelevant, isLimited, isRefused, type StackSupport, type SupportEntry } from './support.ts';

/** Returns a finding for each field of the stack file whose value the target refuses. */
export function unsupportedFields({ services, ...whole }: StackSupport, graph: ServiceGraph): Finding[] {
  return [
    ...graph.services.flatMap(({ name, config }) =>
      refusedIn(services[isDataType(config.kind) ? 'data' : config.kind], config, ['services', name], config),
    ),
    ...refusedIn(whole, graph, [], graph),
  ];
}

function refusedIn(entry: SupportEntry, value: unknown, path: Path, owner: unknown): Finding[] {
  if (entry === 'honoured' || isIrrelevant(entry) || isUnused(value)) return [];
  if (isRefused(entry)) {
    const { refused, instead = `write \`${path.at(-1)}: null\` in the overlay of this environment` } = entry;
    return [{ path, message: `${refused}; ${instead}` }];
  }
  if (isLimited(entry)) {
    const message = entry.refuse?.(value as never, owner as never);
    return message === undefined ? [] : [{ path, message }];
  }
  if (Array.isArray(value))
    return value.flatMap((item, index) => refusedIn(entry, item, [...path, index], owner));
  const map = value as Record<string, unknown>;
  return Object.entries(entry).flatMap(([field, inner]) =>
    refusedIn(inner, map[field], [...path, field], owner),
  );
}

/** Whether the value is that of a field which the stack file leaves out. */
function isUnused(value: unknown): boolean {
  return value === undefined || value === false || (Array.isArray(value) && value.length === 0);
}
