import { say } from '../facts.ts';
import { cannot, defaulted, type Ledger } from '../ledger.ts';
import { settle, textOf, type FieldRule, type Rules } from '../read.ts';
import { size, text, type Taking } from '../take.ts';
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

/** The fields of a `vm` section; `size` is weaker than the others. */
export const vmRules: Rules<FlyService> = {
  ...ofGroup,
  size: preset,
  memory: size('memory', 'MB'),
  memory_mb: size('memory', 'MB'),
  cpus: text('cpu'),
  cpu_kind: settle(defaulted('the machines of the target decide')),
  gpu_kind: (tree, { service }) => {
    say(service, 'gpu', '', tree);
    return undefined;
  },
  gpus: (tree, { service }) => {
    say(service, 'gpu', '', tree);
    return undefined;
  },
  kernel_args: settle(ofFly),
  host_dedication_id: settle(ofFly),
  persist_rootfs: settle(ofFly),
};

const volumeSize = size('volumeSize', 'GB');

export const mountRules: Rules<FlyService> = {
  ...ofGroup,
  source: settle(defaulted('the volume belongs to the service')),
  destination: (tree, { service }) => {
    if (service.facts.volumePath === undefined) say(service, 'volumePath', textOf(tree) ?? '', tree);
    else say(service, 'moreVolumes', '', tree);
    return undefined;
  },
  initial_size: (tree, place) =>
    place.service.facts.volumeSize === undefined ? volumeSize(tree, place) : ofOtherVolume,
  auto_extend_size_threshold: settle(cannot('a volume does not grow by itself', 'write `volume.size`')),
  auto_extend_size_increment: settle(cannot('a volume does not grow by itself', 'write `volume.size`')),
  auto_extend_size_limit: settle(cannot('a volume does not grow by itself', 'write `volume.size`')),
  snapshot_retention: settle(cannot('volumes of services have no snapshots', 'back up what they store')),
  scheduled_snapshots: settle(cannot('volumes of services have no snapshots', 'back up what they store')),
};

const ofOtherVolume = cannot('a service has one volume', 'put what it stores into one folder');
