import { undirected, type CanaryPlace, type LiveCanary } from '../shared/canaries.ts';
import type { OrderStatus } from './balancer/orders.ts';
import { inspectContainers, type Inspected } from './kinds/inspected.ts';
import { dnsName, orderBalancer, runningWith } from './kinds/orders.ts';
import { roleLabels, serviceLabel } from './labels.ts';

/** Milliseconds without an order after which no command directs a canary: one that does looks several times a second. */
const patience = 10_000;

/** Returns the canaries of an environment, as the balancers of its services report them. */
export async function dockerCanaries({ stack, environment }: CanaryPlace): Promise<LiveCanary[]> {
  const place = { name: stack(), environment };
  const [balancers, replicas] = await Promise.all(
    (['balancer', 'replica'] as const).map(async (role) =>
      inspectContainers(await runningWith(roleLabels(place, role))),
    ),
  );
  const found = await Promise.all(
    (balancers ?? []).map(async (balancer) => {
      const service = serviceOf(balancer);
      const own = (replicas ?? []).filter((replica) => serviceOf(replica) === service);
      return canaryOf(service, own, await orderBalancer(balancer.Id));
    }),
  );
  return found.flat().toSorted((one, other) => (one.service < other.service ? -1 : 1));
}

/** @param replicas the running replicas of the service */
export function canaryOf(
  service: string,
  replicas: Inspected[],
  status: OrderStatus | undefined,
): LiveCanary[] {
  const { canary = [], split, steps = [], directed = Infinity } = status ?? {};
  if (canary.length === 0 || split === undefined) return [];
  const isNew = ({ Id }: Inspected) => canary.includes(dnsName(Id));
  return [
    {
      service,
      weight: split.weight,
      step: steps.indexOf(split.weight) + 1,
      steps,
      since: new Date(split.since).toISOString(),
      newVersion: versionOf(replicas.filter(isNew)),
      oldVersion: versionOf(replicas.filter((replica) => !isNew(replica))),
      ...(directed > patience && { held: undirected }),
    },
  ];
}

function versionOf(replicas: Inspected[]) {
  const artifact = replicas[0]?.Config.Image;
  return {
    ...(artifact !== undefined && { artifact }),
    replicas: replicas.map(({ Name }) => Name).toSorted(),
  };
}

function serviceOf({ Config }: Inspected): string {
  return Config.Labels[serviceLabel] ?? '';
}
