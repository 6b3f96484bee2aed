/** The part of a stack file that has a field, with one value of it and with another. */
export type Change = [before: object, after: object];

/** Returns the changes with the path of the map that has their fields. */
export function below(path: string, changes: Record<string, Change[]>): Record<string, Change[]> {
  return Object.fromEntries(Object.entries(changes).map(([field, change]) => [`${path}.${field}`, change]));
}
