import { lastLines, shownLines } from '../../../common/failure-messages.ts';
import { docker } from './docker.ts';
import type { Inspected } from './inspected.ts';

/** Milliseconds. Docker waits at least this long between the end of a container and its next start. */
const shortestPause = 100;

/**
 * Returns the last lines that a container printed since its last start, of stdout and stderr in their order. A crash loop
 * prints the same lines at each start. `latestStart`: when the container started last, if that was after the inspection.
 */
export async function logOfStart(
  { Name, State: { StartedAt } }: Inspected,
  latestStart = StartedAt,
): Promise<string[]> {
  // The lines of other starts count towards --tail, although --until leaves them out.
  const end =
    latestStart === StartedAt ? ['--tail', String(shownLines)] : ['--until', shortlyBefore(latestStart)];
  const lines: string[] = [];
  const options = ['--timestamps', '--since', shortlyBefore(StartedAt), ...end];
  const { code, stdout } = await docker(['logs', ...options, Name], {}, (line) => lines.push(line));
  if (code !== 0) return [];
  const sorted = [...stdout.split('\n'), ...lines].toSorted(byTime);
  return lastLines(sorted.map((line) => line.slice(timeOf(line).length + 1)).join('\n'));
}

/**
 * The time of a line is when the daemon read it. It can be before the recorded start of its process or after the recorded
 * end, but lines of two starts have the pause between them.
 */
function shortlyBefore(start: string): string {
  return new Date(Date.parse(start) - shortestPause).toISOString();
}

function byTime(one: string, other: string): number {
  const [first, second] = [timeOf(one), timeOf(other)];
  return Number(first > second) - Number(first < second);
}

function timeOf(line: string): string {
  return line.split(' ', 1)[0]!;
}
