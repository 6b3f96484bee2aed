import { treeAt, type Tree } from '../../stack/tree.ts';
import type { ImportedService } from '../facts.ts';
import { say, sayItem } from '../say.ts';
import { cannot, defaulted, placeOnly, type Ledger } from '../ledger.ts';
import { settle, textOf, type FieldRule, type Rules } from '../read.ts';
import { sizeOf } from '../sizes.ts';
import { number, size, text, type Taking } from '../take.ts';
import { ofGroup } from './groups.ts';

export interface FlyService extends Taking {
  ledger: Ledger;
  /** Whether the service is the process group to which sections belong that name none. */
  isDefault: boolean;
}

export type FlyRule = FieldRule<FlyService>;

const ofFly = cannot('only Fly has it', 'leave it out');

/** The name of a size says how many CPUs a machine has, and each kind has a fixed memory for a CPU. */
const preset: FlyRule = (tree, { service }) => {
  const [, kind, cpus] = /^(shared-cpu|performance)-(\d+)x$/.exec(textOf(tree) ?? '') ?? [];
  if (cpus === undefined) return cannot('this size of Fly is not known', 'write `resources`');
  const memory = Number(cpus) * (kind === 'performance' ? 2048 : 256);
  say(service, 'cpu', cpus, tree);
  say(service, 'memory', `${memory % 1024 === 0 ? `${memory / 1024}Gi` : `${memory}Mi`}`, tree);
  return undefined;
};

const ofKind = cannot(
  'the nodes of a cluster decide which GPU a replica gets',
  'write `kubernetes.nodeSelector`',
);

/** The fields of a `vm` section. The others override `size`. */
export const vmRules: Rules<FlyService> = {
  ...ofGroup,
  size: preset,
  memory: size('memory', 'MB'),
  memory_mb: size('memory', 'MB'),
  cpus: text('cpu'),
  cpu_kind: settle(defaulted('the machines of the target determine the CPU')),
  gpu_kind: (tree, { service }) => {
    if (service.facts.gpu === undefined) say(service, 'gpu', 1, placeOnly(tree));
    return ofKind;
  },
  gpus: number('gpu'),
  kernel_args: settle(ofFly),
  host_dedication_id: settle(ofFly),
  persist_rootfs: settle(ofFly),
};

const ofSize = cannot('a volume does not grow by itself', 'write `volume.size`');
const ofSnapshots = cannot('volumes of services have no snapshots', 'back up what they store');

/** The fields of the first `mounts` section of a group. */
export const mountRules: Rules<FlyService> = {
  ...ofGroup,
  source: settle(defaulted('the volume belongs to the service')),
  destination: text('volumePath'),
  initial_size: size('volumeSize', 'GB'),
  auto_extend_size_threshold: settle(ofSize),
  auto_extend_size_increment: settle(ofSize),
  auto_extend_size_limit: settle(ofSize),
  snapshot_retention: settle(ofSnapshots),
  scheduled_snapshots: settle(ofSnapshots),
};

/** The fields of the other `mounts` sections. `readFurtherMount` takes their folders and sizes. */
export const furtherMountRules: Rules<FlyService> = {
  ...mountRules,
  destination: () => undefined,
  initial_size: () => undefined,
};

/** Takes a further `mounts` section of a group: a volume with its size. */
export function readFurtherMount(section: Tree, service: ImportedService): void {
  const destination = treeAt(section, ['destination']);
  const capacity = treeAt(section, ['initial_size']);
  const path = textOf(destination);
  if (destination === undefined || path === undefined) return;
  const items = capacity === undefined ? [destination] : [destination, capacity];
  const from: Tree = { kind: 'list', place: section.place, items };
  const size = sizeOf(textOf(capacity) ?? '', 'GB');
  sayItem(service, 'moreVolumes', { path, name: undefined, size, readOnly: false, from });
}
