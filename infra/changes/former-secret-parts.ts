import type { UrlPart } from '../plan/hole.ts';
import { snapshotSchema, type Snapshot, type VariableSnapshot } from './snapshot.ts';
import { outputName, shown } from './shown.ts';
import { shownPart } from './shown-part.ts';

/** Matches `<db.password>` and `<password of postgres://…>`. Public keys still have the first form. */
const former =
  /<(?:(hostname|port|username|password|path) of ([^<>]+)|([^<>\s]+\.(?:password|privateKey)))>/g;

/** The snapshot in a record, which an earlier version may have written. */
export const recordedSnapshotSchema = snapshotSchema.transform(withSecretParts);

/** Returns a snapshot of an earlier version of Railhead, in which literals could look like secret parts, as this version writes it. */
function withSecretParts(snapshot: Snapshot): Snapshot {
  return {
    ...snapshot,
    provided: mapValues(snapshot.provided, rewritten),
    services: mapValues(snapshot.services, (service) => ({
      ...service,
      variables: mapValues(service.variables, (variable) => ({ ...variable, value: valueOf(variable) })),
    })),
  };
}

function valueOf({ text, references, value }: VariableSnapshot): string {
  // The earlier value of a literal is the literal itself.
  return references.length === 0 ? shown(text.replaceAll('$${{', '${{')) : rewritten(value);
}

function rewritten(text: string): string {
  return text.replace(former, (_, part?: UrlPart, url: string = '', output: string = '') =>
    part === undefined ? outputName(output) : shownPart(url, { part, otherwise: '' }),
  );
}

function mapValues<Value>(
  record: Readonly<Record<string, Value>>,
  map: (value: Value) => Value,
): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}
