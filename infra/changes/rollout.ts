import { defaultMinReady } from '../targets/shared/rollout-times.ts';
import type { Cause, Rollout, ServiceChange } from './model.ts';
import { declaredIn, type Sides } from './sides.ts';
import type { Snapshot } from './snapshot.ts';

/** Fields whose change leaves the running replicas alone. */
const keepsReplicas = /^(replicas|egress|metrics|restart|minReady)\b/;

/**
 * Returns how the new version of a service takes over; undefined if the service is removed or has no replicas. `preDeploy`: the
 * commands that the update runs.
 */
export function rolloutOf(
  sides: Sides,
  service: string,
  causes: readonly Cause[],
  { order, preDeploy }: { order: number; preDeploy: readonly string[] },
): Rollout | undefined {
  const { after } = sides;
  if (after?.services[service] === undefined) return undefined;
  const changes = causes.some(replaces);
  // A run that has begun ends as it is.
  const restarts = changes && declaredIn(after, service, 'cron') === undefined;
  const drain = Number(declaredIn(after, service, 'drain'));
  return {
    order,
    restarts,
    gates: changes ? gatesOf(after, service, preDeploy) : [],
    ...(restarts && drain > 0 && { drain }),
  };
}

function replaces(cause: Cause): boolean {
  if (cause.kind === 'field') return !keepsReplicas.test(cause.path);
  if (cause.kind === 'service') return cause.change === 'added';
  return cause.kind !== 'edge';
}

/** Returns what must succeed before the new version takes over. */
function gatesOf(side: Snapshot, service: string, preDeploy: readonly string[]): string[] {
  const of = (field: string) => declaredIn(side, service, field);
  const ready = of('health.ready');
  if (side.services[service]?.form !== 'code') return [];
  // Nothing waits for a cron service: its next run uses the new version.
  if (of('cron') !== undefined) return [];
  const minReady = of('minReady') ?? (ready === undefined ? String(defaultMinReady) : '0');
  return [
    ...(preDeploy.length === 0 ? [] : [`preDeploy: \`${preDeploy.join(' && ')}\``]),
    ...(ready === undefined ? [] : [`\`${ready}\` within ${of('health.timeout')} s`]),
    ...(minReady === '0' ? [] : [`ready for ${minReady} s`]),
  ];
}

/** Returns the level of each changed service in the start order, from 1, among the services that change. */
export function levelsOf(services: Snapshot['services'], changed: readonly string[]): Map<string, number> {
  const levels = new Map<string, number>();
  const levelOf = (name: string): number => {
    const known = levels.get(name);
    if (known !== undefined) return known;
    const below = Math.max(0, ...(services[name]?.dependsOn ?? []).map(levelOf));
    const level = changed.includes(name) ? below + 1 : below;
    levels.set(name, level);
    return level;
  };
  return new Map(changed.map((name) => [name, levelOf(name)]));
}

/** Sorts changes in the order in which they happen: services that start first come first, then the gateway, then removals. */
export function inOrder(changes: readonly ServiceChange[]): ServiceChange[] {
  const key = ({ rollout, change }: ServiceChange) =>
    change === 'removed' ? Infinity : (rollout?.order ?? 1_000);
  return changes.toSorted((a, b) => key(a) - key(b) || a.service.localeCompare(b.service));
}
