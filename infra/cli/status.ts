import { styleText } from 'node:util';
import { Command } from '@commander-js/extra-typings';
import { npmCommand } from '../common/commands.ts';
import { readEnvironment } from '../common/environment.ts';
import { projectRoot } from '../common/roots.ts';
import { requireSupervisors } from './own-tools.ts';
import { UserError } from '../../tools/user-error.ts';
import { environmentPaths } from '../supervisor/paths.ts';
import { speaksHttpOf } from '../supervisor/speaks-http.ts';
import type { FailedDeployment } from '../supervisor/spec.ts';
import { listFailed } from '../supervisor/failed.ts';
import type { WorkloadFailure } from '../supervisor/spec.ts';
import { isUp, listWorkloads, type Workload } from '../supervisor/workloads.ts';
import { table, terminalWidth } from '../common/table.ts';
import { defaultEnvironment } from '../common/default-environment.ts';
import { stackOption } from './options.ts';

export const command = new Command('status')
  .description('Show services, replicas, state, restarts, address, artifact and uptime.')
  .addOption(stackOption())
  .action(async ({ stack = defaultEnvironment() }) => {
    process.exitCode = await showStatus(stack);
  });

/** Prints the table and the failures. Returns exit code 1 if a service is not up. Throws UserError. */
async function showStatus(stack: string): Promise<number> {
  await requireSupervisors(readEnvironment(stack), 'status');
  const { services } = environmentPaths(projectRoot(), stack);
  const workloads = listWorkloads(services);
  const neverRan = listFailed(services);
  if (workloads.length + neverRan.length === 0) {
    throw new UserError(`Nothing runs in ${stack}. Next: ${npmCommand('up', stack)}`);
  }
  console.log(formatStatus(workloads, neverRan, terminalWidth()));
  const failures = [...workloads.flatMap(describeFailure), ...neverRan.map(describeNeverRan)].toSorted();
  if (failures.length > 0) console.log(`\n${failures.join('\n')}`);
  const wrong = workloads.filter((workload) => !isUp(workload));
  if (wrong.some(({ status }) => !status)) console.log(`\nNext: ${npmCommand('up', stack)}`);
  return wrong.length + neverRan.length === 0 ? 0 : 1;
}

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

function describeFailure({ name, kept, status }: Workload): string[] {
  if (!status?.failure) return [];
  const what = kept ? 'the update failed, and the previous version still serves: ' : '';
  return [`${name}: ${what}${describeReason(status.failure)}`];
}

function describeNeverRan({ name, failure }: FailedDeployment): string {
  return `${name}: its first deployment failed, and none of its replicas runs: ${describeReason(failure)}`;
}

function describeReason({ reason, check }: WorkloadFailure): string {
  return check === undefined ? reason : `${reason}; ${check}`;
}

function formatFailed({ name, spec }: FailedDeployment, short: boolean): string[] {
  const replicas = spec.replicas === undefined || spec.cron !== undefined ? '-' : `0/${spec.replicas}`;
  return [name, replicas, 'failed', '-', formatAddress(spec, short), formatArtifact(spec, short), '-'];
}

function formatRow({ name, spec: wanted, kept, status }: Workload, short: boolean): string[] {
  const spec = kept ?? wanted;
  const replicas = (status?.replicas ?? []).filter(({ state }) => state !== 'draining');
  const ready = replicas.filter(({ state }) => state === 'ready').length;
  const restarts = replicas.reduce((sum, replica) => sum + replica.restarts, 0);
  return [
    name,
    spec.cron === undefined ? `${ready}/${spec.replicas}` : '-',
    kept ? 'update failed' : (status?.state ?? 'stopped'),
    String(restarts),
    formatAddress(spec, short),
    formatArtifact(spec, short),
    status?.cron ? formatCron(status.cron) : formatUptime(replicas.map(({ startedAt }) => startedAt)),
  ];
}

/** Returns a shortened hash. A description with spaces, such as of a Redis replacement, stays whole and can be wrapped. */
function formatArtifact({ artifact }: FailedDeployment['spec'], short: boolean): string {
  if (artifact?.includes(' ')) return artifact;
  return artifact?.slice(0, short ? 8 : 12) ?? '-';
}

function formatAddress(spec: FailedDeployment['spec'], short: boolean): string {
  const { listen } = spec;
  if (!listen) return '-';
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
