import { sameAmount } from './amount.ts';
import type { Step } from './step.ts';

/** A value that differs. A side without a value has none. */
export interface Difference {
  path: Step[];
  deployed?: unknown;
  live?: unknown;
}

/**
 * Compares what was deployed with a live object. The API server adds defaults and status, and controllers add annotations, so only
 * what was deployed is compared: a field that the update did not set is no difference. An element of a list, and a key of a map whose
 * keys are data, is one.
 */
export function differences(deployed: unknown, live: unknown, path: Step[] = []): Difference[] {
  if (isEmpty(deployed) && isEmpty(live)) return [];
  if (isMap(deployed) && isMap(live)) {
    const keys = new Set([...Object.keys(deployed), ...(isWhole(path) ? Object.keys(live) : [])]);
    return [...keys].toSorted().flatMap((key) => differences(deployed[key], live[key], [...path, key]));
  }
  if (Array.isArray(deployed) && Array.isArray(live)) return listDifferences(deployed, live, path);
  if (sameAmount(deployed, live, path)) return [];
  return [{ path, ...(!isAbsent(deployed) && { deployed }), ...(!isAbsent(live) && { live }) }];
}

/** Maps in which another key is another setting. */
const wholeMaps = ['data', 'stringData', 'binaryData', 'matchLabels', 'selector', 'limits', 'requests'];

function isWhole(path: readonly Step[]): boolean {
  return wholeMaps.includes(String(path.at(-1)));
}

/** The fields that identify an element, in the order in which they are tried. */
const keys = ['mountPath', 'name', 'containerPort', 'port', 'type'];

function listDifferences(deployed: readonly unknown[], live: readonly unknown[], path: Step[]): Difference[] {
  const key = keys.find((name) => identifies(name, deployed) && identifies(name, live));
  if (key === undefined) {
    const found = deployed.flatMap((item, index) => differences(item, live[index], [...path, index]));
    // Elements without a key have no identity: the lists are shown as a whole.
    return found.length === 0 && deployed.length === live.length ? [] : [{ path, deployed, live }];
  }
  const [before, after] = [byKey(deployed, key), byKey(live, key)];
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((value) =>
    differences(before.get(value), after.get(value), [...path, `k:${JSON.stringify({ [key]: value })}`]),
  );
}

function identifies(key: string, list: readonly unknown[]): boolean {
  const values = list.map((item) => (isMap(item) ? item[key] : undefined));
  return values.every((value) => value !== undefined) && new Set(values).size === values.length;
}

function byKey(list: readonly unknown[], key: string): Map<unknown, unknown> {
  return new Map(list.map((item) => [(item as Record<string, unknown>)[key], item]));
}

/** Whether a side has no value. One that is 0 or false was set. */
function isAbsent(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

/** Whether a value means the same as none: the API server leaves out what is empty, 0 or false. */
function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '' || value === 0 || value === false) return true;
  return typeof value === 'object' && Object.values(value).every(isEmpty) && !hasMeaning(value);
}

/** `emptyDir: {}` and `podSelector: {}` are settings. */
function hasMeaning(value: object): boolean {
  return Array.isArray(value) && value.length > 0;
}

export function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
