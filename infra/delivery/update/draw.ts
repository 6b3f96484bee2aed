import stringWidth from 'string-width';
import { table } from '../../common/table.ts';
import type { ServiceChanges } from './service-changes.ts';
import type { UpdateStep } from './steps.ts';

/** Longer bars are hard to compare. */
const widest = 100;

/** Bars that are shorter show nothing. */
const shortest = 10;

export interface Timeline extends Pick<ServiceChanges, 'changes' | 'unchanged'> {
  steps: readonly UpdateStep[];
  /** How long the update took. */
  seconds: number;
}

/**
 * Draws a bar for each step, at the time of the update at which it ran, with what has changed:
 *
 *     build                ██                   0.6 s
 *     api    preDeploy       ███████            1.5 s
 *     api    changed                ████        0.9 s
 *
 * @param paint colours the line of a failed step
 */
export function drawTimeline(
  { steps, changes, unchanged, seconds }: Timeline,
  width: number,
  paint: (text: string) => string = (text) => text,
): string[] {
  const end = Math.max(1000 * seconds, ...steps.map(({ to }) => to), 1);
  const times = steps.map(({ from, to }) => formatTime(to - from));
  const labels = padded(table(steps.map((step) => [step.service ?? step.what, wordOf(step, changes)])));
  const room = Math.min(width, widest) - (stringWidth(labels[0] ?? '') + 2) - (longest(times) + 2);
  const lines = steps.map((step, at) => {
    const bar = room < shortest ? '' : `  ${drawBar(step, end, room)}`;
    const line = `${labels[at]}${bar}  ${(times[at] ?? '').padStart(longest(times))}`;
    return step.failed ? paint(line) : line;
  });
  return [...lines, ...(unchanged.length === 0 ? [] : [describeUnchanged(unchanged, changes.length === 0)])];
}

function wordOf({ service, what, failed }: UpdateStep, changes: ServiceChanges['changes']): string {
  if (service === undefined) return failed ? 'failed' : '';
  const done = what === 'rollout' ? changes.find((one) => one.service === service)?.change : what;
  return failed ? `${what === 'rollout' ? '' : `${what} `}failed` : (done ?? '');
}

function drawBar({ from, to }: UpdateStep, end: number, room: number): string {
  const start = Math.min(Math.floor((from / end) * room), room - 1);
  const length = Math.max(1, Math.round((to / end) * room) - start);
  return `${' '.repeat(start)}${'█'.repeat(length)}`.padEnd(room);
}

function describeUnchanged(unchanged: readonly string[], isAll: boolean): string {
  const count = unchanged.length === 1 ? '1 service is' : `${unchanged.length} services are`;
  return isAll ? `Nothing has changed: ${count} as declared.` : `${count} unchanged.`;
}

/** Formats milliseconds: `0.4 s`, `12 s`, `3 min 5 s`. */
export function formatTime(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

function longest(texts: readonly string[]): number {
  return Math.max(0, ...texts.map((text) => stringWidth(text)));
}

function padded(lines: string[]): string[] {
  const width = longest(lines);
  return lines.map((line) => line + ' '.repeat(width - stringWidth(line)));
}
