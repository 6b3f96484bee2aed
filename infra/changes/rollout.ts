import { gatewayArtifact } from '../artifacts/programs.ts';
import { defaultMinReady } from '../targets/shared/rollout-times.ts';
import type { Handover } from '../targets/shared/target.ts';
import type { Rollout, ServiceChange } from './model.ts';
import { declaredIn, isCron, type Sides } from './sides.ts';
import type { Snapshot } from './snapshot.ts';
import { compareTexts } from '../common/compare-texts.ts';

interface Known {
  order: number;
  isNew: boolean;
  /** How the changes of the resources replace the running replicas; undefined if they leave them alone. */
  handover: Handover | undefined;
  /** The commands that the update runs. */
  preDeploy: readonly string[];
}

/** Returns how the new version of a service, or of the gateway, takes over; undefined if it is removed. */
export function rolloutOf(
  { after }: Sides,
  service: string,
  { order, isNew, handover, preDeploy }: Known,
): Rollout | undefined {
  if (after === undefined || !(service in after.services || hasGateway(after, service))) return undefined;
  // A cron service has no replicas: its next run uses the new version.
  const restarts = !isNew && handover !== undefined && !isCron(after, service);
  const drain = Number(declaredIn(after, service, 'drain'));
  return {
    order,
    restarts,
    ...(restarts && handover !== 'unknown' && { handover }),
    gates: restarts || isNew ? gatesOf(after, service, preDeploy) : [],
    ...(restarts && drain > 0 && { drain }),
  };
}

function hasGateway({ declared }: Snapshot, service: string): boolean {
  return service === gatewayArtifact && declared['gateway.port'] !== undefined;
}

/** Returns what must succeed before the new version takes over. */
function gatesOf(side: Snapshot, service: string, preDeploy: readonly string[]): string[] {
  const of = (field: string) => declaredIn(side, service, field);
  const check = of('health.ready') ?? of('health.command');
  const seconds = of('health.timeout');
  if (side.services[service]?.form !== 'code') return [];
  // Nothing waits for a cron service: its next run uses the new version.
  if (isCron(side, service)) return [];
  const minReady = of('minReady') ?? (seconds === undefined ? String(defaultMinReady) : '0');
  return [
    ...(preDeploy.length === 0 ? [] : [`preDeploy: \`${preDeploy.join(' && ')}\``]),
    ...(seconds === undefined
      ? []
      : [`${check === undefined ? 'its check' : `\`${check}\``} within ${seconds} s`]),
    ...(minReady === '0' ? [] : [`ready for ${minReady} s`]),
    ...canaryGate(of),
  ];
}

/** Describes the steps of a canary, or the step of `blueGreen`. */
function canaryGate(of: (field: string) => string | undefined): string[] {
  const seconds = of('rollout.analysis.for');
  if (seconds === undefined) return [];
  const steps = JSON.parse(of('rollout.steps') ?? '[100]') as number[];
  const errors = of('rollout.analysis.errors');
  const p99 = of('rollout.analysis.p99');
  const limits = [
    ...(errors === undefined ? [] : [`<${errors} % errors`]),
    ...(p99 === undefined ? [] : [`p99 <${p99} ms`]),
  ];
  const shares = steps.map((share) => `${share} %`).join(', ');
  return [`${shares} of the requests, each for ${seconds} s: ${limits.join(', ')}`];
}

/** Returns the level of each changed service in the start order, from 1, among the services that change. */
export function levelsOf(
  startsAfter: Readonly<Record<string, readonly string[]>>,
  changed: readonly string[],
): Map<string, number> {
  const levels = new Map<string, number>();
  const levelOf = (name: string): number => {
    const known = levels.get(name);
    if (known !== undefined) return known;
    const below = Math.max(0, ...(startsAfter[name] ?? []).map(levelOf));
    const level = changed.includes(name) ? below + 1 : below;
    levels.set(name, level);
    return level;
  };
  return new Map(changed.map((name) => [name, levelOf(name)]));
}

/** Sorts changes in the order in which they happen: services and the gateway, then what has no order, then removals. */
export function inOrder(changes: readonly ServiceChange[]): ServiceChange[] {
  const key = ({ rollout, change }: ServiceChange) =>
    change === 'removed' ? Infinity : (rollout?.order ?? 1_000);
  return changes.toSorted((a, b) => key(a) - key(b) || compareTexts(a.service, b.service));
}
