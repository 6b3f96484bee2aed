import { volumeSizes } from './size.ts';
import { size } from '../fields/quantities.ts';
import type { Preview } from './model.ts';
import { declaredIn, isCron } from './sides.ts';
import type { ServiceSnapshot, Snapshot } from './snapshot.ts';

const hoursPerMonth = 730;

interface Cost {
  cost: NonNullable<Preview['cost']>;
  /** What the cost leaves out, one sentence each. */
  notes: string[];
}

/**
 * Returns what services reserve per month before and after: CPU and memory of the minimum number of replicas (requests,
 * or limits without them) and storage. Both sides have the prices of `after`, so that the difference is that of the
 * sizes. Undefined without `pricing`.
 */
export function costOf(before: Snapshot | undefined, after: Snapshot): Cost | undefined {
  const { 'pricing.currency': currency } = after.declared;
  if (currency === undefined) return undefined;
  const price = (name: string) => Number(after.declared[`pricing.${name}`]);
  const monthly = (snapshot: Snapshot | undefined): number => {
    const amounts = snapshot === undefined ? [] : reserved(snapshot);
    const costs = amounts.map(
      ({ cpu = 0, memory = 0, storage = 0, replicas }) =>
        replicas * hoursPerMonth * (cpu * price('cpuHour') + memory * price('memoryGiBHour')) +
        storage * price('storageGiBMonth'),
    );
    return Math.round(100 * costs.reduce((sum, cost) => sum + cost, 0)) / 100;
  };
  const cost = { before: monthly(before), after: monthly(after), currency };
  return { cost, notes: notesOn(reserved(after)) };
}

interface Amounts {
  service: string;
  isCron: boolean;
  replicas: number;
  /** Cores of a replica. */
  cpu: number | undefined;
  /** GiB of a replica. */
  memory: number | undefined;
  /** GiB of the service. */
  storage: number | undefined;
}

/** Returns what the services of a system reserve all the time. External servers belong to others. */
function reserved(side: Snapshot): Amounts[] {
  const own = Object.entries<ServiceSnapshot>(side.services).filter(([, { form }]) => form !== 'external');
  return own.map(([service]) => {
    const find = (...paths: string[]) =>
      paths.map((path) => declaredIn(side, service, path)).find((text) => text !== undefined);
    const cpu = find('resources.requests.cpu', 'resources.cpu');
    return {
      service,
      isCron: isCron(side, service),
      replicas: isCron(side, service) ? 0 : Number(find('replicas.min') ?? 1),
      cpu: cpu === undefined ? undefined : Number(cpu),
      memory: inGiB(find('resources.requests.memory', 'resources.memory')),
      storage: sumOf([find('storage') ?? [], volumeSizes(side, service)].flat()),
    };
  });
}

function sumOf(sizes: string[]): number | undefined {
  return sizes.length === 0 ? undefined : sizes.reduce((sum, text) => sum + (inGiB(text) ?? 0), 0);
}

function inGiB(text: string | undefined): number | undefined {
  return text === undefined ? undefined : size.parse(text).bytes / 2 ** 30;
}

function notesOn(amounts: Amounts[]): string[] {
  const running = amounts.filter(({ isCron }) => !isCron);
  const lacks = (part: 'cpu' | 'memory') =>
    running.filter((amount) => amount[part] === undefined).map(({ service }) => service);
  const cron = amounts.filter(({ isCron }) => isCron).map(({ service }) => service);
  const notes: [leftOut: string, services: string[], reason: string][] = [
    ['the CPU', lacks('cpu'), '`resources` does not declare it'],
    ['the memory', lacks('memory'), '`resources` does not declare it'],
    ['the runs', cron, 'how long they take is not known'],
  ];
  return notes
    .filter(([, services]) => services.length > 0)
    .map(
      ([part, services, reason]) => `The cost does not include ${part} of ${services.join(', ')}: ${reason}.`,
    );
}
