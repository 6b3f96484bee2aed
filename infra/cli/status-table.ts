import { styleText } from 'node:util';
import { table } from '../common/table.ts';
import { speaksHttpOf } from '../supervisor/speaks-http.ts';
import type { FailedDeployment, WorkloadFailure } from '../supervisor/spec.ts';
import type { Workload } from '../supervisor/workloads.ts';

/**
 * Formats the table, at most `width` columns wide. If it is too wide, addresses and hashes are shortened before cells
 * are wrapped, since users cannot copy an address that is wrapped.
 */
export function formatStatus(workloads: Workload[], neverRan: FailedDeployment[], width: number): string {
  const whole = statusRows(workloads, neverRan, false);
  const fits = table(whole).every(({ length }) => length <= width);
  return table(fits ? whole : statusRows(workloads, neverRan, true), width, colour).join('\n');
}

function statusRows(workloads: Workload[], neverRan: FailedDeployment[], short: boolean): string[][] {
  const rows = [
    ...workloads.map((workload) => formatRow(workload, short)),
    ...neverRan.map((deployment) => formatFailed(deployment, short)),
  ];
  return [heading, ...rows.toSorted(([one = ''], [other = '']) => (one < other ? -1 : 1))];
}

const heading = ['SERVICE', 'REPLICAS', 'STATE', 'RESTARTS', 'ADDRESS', 'ARTIFACT', 'UPTIME'];

/** Returns why a workload is failed or degraded, if it is. */
export function describeFailure({ name, kept, status }: Workload): string[] {
  if (!status?.failure) return [];
  const what = kept ? 'the update failed, and the previous version still serves: ' : '';
  return [`${name}: ${what}${describeReason(status.failure)}`];
}

export function describeNeverRan({ name, failure }: FailedDeployment): string {
  return `${name}: its first deployment failed, and none of its replicas runs: ${describeReason(failure)}`;
}

export function describeReason({ reason, check }: WorkloadFailure): string {
  return check === undefined ? reason : `${reason}; ${check}`;
}

function formatFailed({ name, spec }: FailedDeployment, short: boolean): string[] {
  const replicas = spec.replicas === undefined || spec.cron !== undefined ? '-' : `0/${spec.replicas}`;
  return [name, replicas, 'failed', '-', formatAddress(spec, short), formatArtifact(spec, short), '-'];
}

function formatRow(workload: Workload, short: boolean): string[] {
  const { name, spec: wanted, kept, status } = workload;
  const spec = kept ?? wanted;
  const { replicas, ready, restarts } = countReplicas(status);
  return [
    name,
    spec.cron === undefined ? `${ready}/${spec.replicas}` : '-',
    stateOf(workload),
    String(restarts),
    formatAddress(spec, short),
    formatArtifact(spec, short),
    status?.cron ? formatCron(status.cron) : formatUptime(replicas.map(({ startedAt }) => startedAt)),
  ];
}

/** Counts the replicas that do not end now. */
export function countReplicas(status: Workload['status']) {
  const replicas = (status?.replicas ?? []).filter(({ state }) => state !== 'draining');
  const ready = replicas.filter(({ state }) => state === 'ready').length;
  return { replicas, ready, restarts: replicas.reduce((sum, replica) => sum + replica.restarts, 0) };
}

export function stateOf({ kept, status }: Workload): string {
  return kept ? 'update failed' : (status?.state ?? 'stopped');
}

/** Returns a shortened hash. A description with spaces, such as of a Redis replacement, stays whole and can be wrapped. */
function formatArtifact({ artifact }: FailedDeployment['spec'], short: boolean): string {
  if (artifact?.includes(' ')) return artifact;
  return artifact?.slice(0, short ? 8 : 12) ?? '-';
}

function formatAddress(spec: FailedDeployment['spec'], short: boolean): string {
  return addressOf(spec, short) ?? '-';
}

export function addressOf(spec: FailedDeployment['spec'], short: boolean): string | undefined {
  const { listen } = spec;
  if (!listen) return undefined;
  return `${speaksHttpOf(spec) && !short ? 'http://' : ''}${listen.host}:${listen.port}`;
}

function formatCron({ running, next, last }: NonNullable<NonNullable<Workload['status']>['cron']>): string {
  const ended = last ? `, last ended with ${last.exitCode ?? 'a signal'}` : '';
  return (running ? 'running' : `next in ${formatSeconds((Date.parse(next) - Date.now()) / 1000)}`) + ended;
}

/** Formats the uptime of the oldest replica. */
function formatUptime(startedAt: string[]): string {
  if (startedAt.length === 0) return '-';
  return formatSeconds((Date.now() - Math.min(...startedAt.map((time) => Date.parse(time)))) / 1000);
}

function formatSeconds(seconds: number): string {
  const units = [
    { name: 'd', length: 86_400 },
    { name: 'h', length: 3600 },
    { name: 'm', length: 60 },
  ];
  const unit = units.find(({ length }) => seconds >= length);
  return unit
    ? `${Math.floor(seconds / unit.length)}${unit.name}`
    : `${Math.max(0, Math.round(seconds)) || 0}s`;
}

/** Colours a state. styleText returns the text unchanged if stdout is not a terminal. */
function colour(cell: string, text: string): string {
  if (['ready', 'scheduled'].includes(cell)) return styleText('green', text, { stream: process.stdout });
  if (['failed', 'update failed', 'stopped'].includes(cell))
    return styleText('red', text, { stream: process.stdout });
  if (['starting', 'degraded'].includes(cell)) return styleText('yellow', text, { stream: process.stdout });
  return text;
}
