import { UserError } from '../../../../tools/user-error.ts';
import { controlProgram } from '../balancer/control.ts';
import type { Order, OrderStatus } from '../balancer/orders.ts';
import { docker, listIds } from './docker.ts';

/** Returns the ids of the running containers with these labels, in no particular order. */
export async function runningWith(labels: Record<string, string>): Promise<string[]> {
  const filters = Object.entries(labels).flatMap(([label, value]) => ['--filter', `label=${label}=${value}`]);
  return listIds('container', ...filters);
}

/**
 * Gives an order to the balancer in a container, or only asks what it does. Returns undefined if the balancer is of an
 * older version, which takes no orders.
 */
export async function orderBalancer(balancer: string, order?: Order): Promise<OrderStatus | undefined> {
  const body = JSON.stringify(order ?? null);
  const { code, stdout, problem } = await docker(['exec', balancer, 'node', '-e', controlProgram, body]);
  if (code === 0) return JSON.parse(stdout) as OrderStatus;
  if (/ENOENT|ECONNREFUSED/.test(problem)) return undefined;
  throw new UserError(`The balancer in the container ${balancer.slice(0, 12)} takes no orders: ${problem}`);
}

/** Makes a balancer hold back the replicas that do not serve yet. Returns as `orderBalancer`. */
export async function holdOthersBack(
  balancer: string,
  replicas: Record<string, string>,
): Promise<OrderStatus | undefined> {
  return orderBalancer(balancer, { kind: 'hold', running: (await runningWith(replicas)).map(dnsName) });
}

/** Stops containers of a version that must not serve. An update that wants them again starts them. */
export async function stopContainers(ids: string[]): Promise<void> {
  if (ids.length > 0) await docker(['stop', ...ids]);
}

/** The name by which a balancer finds a container. */
export const dnsName = (id: string) => id.slice(0, 12);
