import { gatewayArtifact } from '../../artifacts/programs.ts';
import type { ChangedResource, Target } from '../shared/target.ts';
import { objects, types } from './resources.ts';

/** A container that is replaced is another one. Its balancer sends requests to all replicas, so they overlap. */
export const dockerHandover: Target['handover'] = (changes) => {
  const replaced = changes.filter(
    ({ type, operation }) => type === objects.container.token && operation === 'replace',
  );
  const served = replaced.filter((change) => !isNamed(change, 'balancer'));
  // Other files get another folder, whose path only the update knows.
  const mounts = changes.some(({ type, operation }) => type === types.files.token && operation === 'update');
  if (served.length === 0) return mounts ? 'together' : undefined;
  // One data server at a time may have its volume, one gateway its port.
  return served.every((change) => change.service !== gatewayArtifact && isNamed(change, '\\d+'))
    ? 'together'
    : 'stopFirst';
};

/** Returns whether a container has the name of its service with this end: `shop-dev-api-1`, `shop-dev-api-balancer`. */
function isNamed({ name, service }: ChangedResource, end: string): boolean {
  return new RegExp(`-${service}-${end}$`).test(name);
}
