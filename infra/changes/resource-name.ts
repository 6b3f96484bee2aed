/** Returns a resource as people call it: `PersistentVolumeClaim postgres`. */
export function resourceName({ type, name }: { type: string; name: string }): string {
  return `${kindOf(type)} ${name}`;
}

/** Returns the last part of a type token: `Deployment` for `kubernetes:apps/v1:Deployment`. */
export function kindOf(type: string): string {
  return type.slice(type.lastIndexOf(':') + 1);
}
