/** Returns a resource as people call it: `PersistentVolumeClaim postgres`. */
export function resourceName({ type, name }: { type: string; name: string }): string {
  return `${type.split(':').at(-1) ?? type} ${name}`;
}
