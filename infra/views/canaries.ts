import { table } from '../common/table.ts';
import type { LiveCanary } from '../targets/shared/canaries.ts';

/** Draws the canaries of an environment, each as a line and its two versions, at most `width` columns wide. */
export function drawCanaries(canaries: readonly LiveCanary[], width = Infinity): string[] {
  return canaries.flatMap((canary, index) => [...(index === 0 ? [] : ['']), ...drawCanary(canary, width)]);
}

function drawCanary({ newVersion, oldVersion, held, ...canary }: LiveCanary, width: number): string[] {
  const { service, weight, step, steps, since } = canary;
  const state = held === undefined ? 'runs' : 'is held';
  const where = steps.length === 0 ? '' : `, step ${step} of ${steps.length}`;
  const line = `The canary of ${service} ${state}: ${weight} % of the requests${where}, since ${since}`;
  const versions = [
    ['new', ...cellsOf(newVersion)],
    ['old', ...cellsOf(oldVersion)],
  ];
  return [
    ...table([[line]], width),
    ...table(versions, width),
    ...(held === undefined ? [] : table([[`Held: ${held}.`]], width)),
  ];
}

function cellsOf({ artifact = '-', replicas }: LiveCanary['newVersion']): string[] {
  // Of a hash, this part is enough.
  const version = /^[0-9a-f]{13,}$/.test(artifact) ? artifact.slice(0, 12) : artifact;
  return [version, replicas.join(', ') || 'no replicas'];
}
