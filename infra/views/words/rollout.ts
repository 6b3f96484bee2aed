import type { Migrations, Preview, Rollout, ServiceChange } from '../../changes/model.ts';
import { code, joined, listed, type Phrase, prose, say } from '../phrase.ts';

/** How a service rolls out: when it restarts, and what must succeed before the new version takes over. */
export function rolloutLines(change: ServiceChange, preview: Preview): Phrase[] {
  if (change.change === 'removed') return [say`${change.service} stops.`];
  if (change.rollout === undefined) return [];
  const gates = gate(change);
  return [
    sentence(change, change.rollout, preview),
    ...(gates.length === 0 ? [] : [say`before it takes over: ${gates}`]),
  ];
}

/** `api restarts third: all new replicas start, then all old ones end; each replica has 25 s to end its requests.` */
function sentence(change: ServiceChange, rollout: Rollout, { services }: Preview): Phrase {
  const { service } = change;
  const { order, restarts, handover, drain } = rollout;
  const others = services.filter((other) => other !== change && other.rollout?.order === order);
  const together = others.slice(0, 5).map((other) => code(other.service));
  const when = say`${[ordinal(order)]}${together.length === 0 ? [] : say` (with ${listed(together)})`}`;
  if (change.change === 'new') return say`${service} starts ${when}.`;
  if (!restarts) return say`${service} changes ${when}, without a restart.`;
  const how = handover === undefined ? [] : [handovers[handover]];
  const ends = drain === undefined ? [] : [`; each replica has ${drain} s to end its requests`];
  return say`${service} restarts ${when}${how}${ends}.`;
}

const handovers: Record<NonNullable<Rollout['handover']>, string> = {
  together: ': all new replicas start, then all old ones end',
  stepwise: ', a quarter of its replicas at a time (at least one)',
  stopFirst: ': the old version ends before the new one starts',
};

/** What must succeed before the new version takes over: `preDeploy, health /health/ready`. */
export function gate({ rollout }: ServiceChange): Phrase {
  return joined((rollout?.gates ?? []).map(prose));
}

const names = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth'];

function ordinal(order: number): string {
  return names[order - 1] ?? `as number ${order}`;
}

/** What is known of the migrations: one phrase for each file or fact. */
export function migrationLines({ command, known, pending, edited, late }: Migrations): Phrase[] {
  const runs = say`preDeploy runs ${joined(command.map(code), ', then ')}`;
  if (!known) {
    const advice = say`To see them, set ${'preDeploy.migrations'}, and deploy once.`;
    return [say`${runs}; which migrations are pending is not known. ${advice}`];
  }
  const files = pending.map(
    ({ file, reversible }) => say`pending: ${file}${[reversible ? ' (reversible)' : ' (not reversible)']}`,
  );
  const findings = [
    ...edited.map((file) => say`changed or removed after it was applied: ${file}`),
    ...late.map((file) => say`sorts before a migration that has been applied: ${file}`),
  ];
  return [runs, ...(files.length === 0 ? [['no migrations are pending']] : files), ...findings];
}
