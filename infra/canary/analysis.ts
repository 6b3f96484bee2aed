import type { Figures } from '../balancer/figures.ts';
import type { Running } from '../stack/running.ts';

export type Analysis = Running['canary']['analysis'];

/** `failed`: the limit that the new version has exceeded, with its figure. */
export type Verdict = 'waiting' | 'passed' | { failed: string };

/**
 * Judges what a version has answered in `elapsed` milliseconds. Too many errors are a failure at once; the latency is
 * judged at the end, since the first requests of a process are slow. Too few requests at the end are a failure too:
 * they show nothing.
 */
export function judge(analysis: Analysis, figures: Figures, elapsed: number): Verdict {
  const { errors, p99, minRequests } = analysis;
  const { requests } = figures;
  const isEnough = requests >= minRequests;
  const isOver = elapsed >= analysis.for * 1000;
  if (errors !== undefined && isEnough && errorRate(figures) >= errors) {
    return { failed: `${percent(errorRate(figures))} errors, and the limit is <${errors} %` };
  }
  if (!isOver) return 'waiting';
  if (!isEnough) {
    const count = `${requests} ${requests === 1 ? 'request' : 'requests'} in ${analysis.for} s`;
    return { failed: `${count}, and the analysis needs ${minRequests} (\`minRequests\`)` };
  }
  if (p99 !== undefined && figures.p99 >= p99) {
    return { failed: `p99 ${figures.p99} ms, and the limit is <${p99} ms` };
  }
  return 'passed';
}

/** Returns for example `430 requests, 0.2 % errors, p99 45 ms`. */
export function describeFigures(figures: Figures): string {
  const { requests, p99 } = figures;
  if (requests === 0) return 'no requests';
  return `${requests} ${requests === 1 ? 'request' : 'requests'}, ${percent(errorRate(figures))} errors, p99 ${p99} ms`;
}

function errorRate({ requests, errors }: Figures): number {
  return requests === 0 ? 0 : (errors * 100) / requests;
}

function percent(value: number): string {
  return `${Number(value.toFixed(2))} %`;
}
