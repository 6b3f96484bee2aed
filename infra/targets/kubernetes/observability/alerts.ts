import { kindOf } from '../../../data/index.ts';
import type { DataKind } from '../../../data/kind.ts';
import type { GraphService, ServiceGraph } from '../../../graph/types.ts';
import { metadata, namespaceName, type Scope } from '../scope.ts';
import { queriesOf } from './queries.ts';

interface Alert {
  alert: string;
  expr: string;
  /** How long the expression must be true. */
  for: string;
  labels: { severity: 'warning' | 'critical' };
  annotations: { summary: string };
}

/** Age in seconds at which the newest backup is too old, because one night was missed. */
const backupAge = 26 * 3600;

/** Returns the alert rules of a stack for the Prometheus operator. */
export function alertRuleArgs(scope: Scope, graph: ServiceGraph) {
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PrometheusRule',
    metadata: metadata(scope, 'observability', 'service', graph.name),
    spec: { groups: [{ name: namespaceName(graph), rules: alertsOf(graph) }] },
  };
}

export function alertsOf(graph: ServiceGraph): Alert[] {
  const queries = queriesOf(namespaceName(graph));
  return [
    critical(
      'ServiceDown',
      `${queries.availableReplicas} == 0 and ${queries.wantedReplicas} > 0`,
      '1m',
      'No replica of {{ $labels.deployment }} is ready',
    ),
    warning(
      'ReplicasMissing',
      `${queries.availableReplicas} < ${queries.wantedReplicas}`,
      '10m',
      '{{ $labels.deployment }} has had fewer replicas than it should for ten minutes',
    ),
    warning(
      'Restarting',
      `${queries.restarts} > 3`,
      '0m',
      '{{ $labels.container }} was restarted more than three times in a quarter of an hour',
    ),
    warning(
      'JobFailed',
      `${queries.failedJobs} > 0`,
      '0m',
      'The job {{ $labels.job_name }} has failed: a cron run, a backup or a pre-deploy command',
    ),
    warning(
      'DiskFilling',
      `${queries.freeDisk} < 0.15`,
      '10m',
      'Less than 15 % of the disk {{ $labels.persistentvolumeclaim }} is free',
    ),
    ...(graph.services.some(hasMetrics) ? requestAlerts(graph) : []),
    ...queueAlerts(graph),
    ...graph.services.flatMap(({ name, form, config }) =>
      form === 'data' ? serverAlerts(graph, name, kindOf(config)) : [],
    ),
  ];
}

function requestAlerts(graph: ServiceGraph): Alert[] {
  const queries = queriesOf(namespaceName(graph));
  return [
    critical(
      'RequestsFail',
      `${queries.errorRatio} > 0.05`,
      '5m',
      'More than 5 % of the requests to {{ $labels.job }} end in a 5xx status',
    ),
    warning(
      'RequestsSlow',
      `${queries.latency(0.99)} > 1`,
      '10m',
      'One in a hundred requests to {{ $labels.job }} takes longer than a second',
    ),
  ];
}

/** Returns an alert for each queue that is longer than the maximum number of replicas can handle. */
function queueAlerts(graph: ServiceGraph): Alert[] {
  const queries = queriesOf(namespaceName(graph));
  return graph.services.flatMap(({ name, form, config }) => {
    const replicas = form === 'code' ? config.replicas : undefined;
    if (replicas?.queue === undefined) return [];
    const length = queries.queueLength(`,queue="${replicas.queue.name}"`);
    const most = replicas.queue.size * replicas.max;
    const summary = `The queue {{ $labels.queue }} has been longer than ${name} can keep up with for a quarter of an hour`;
    return [warning('QueueTooLong', `${length} > ${most}`, '15m', summary)];
  });
}

function serverAlerts(graph: ServiceGraph, name: string, { backup }: DataKind): Alert[] {
  const queries = queriesOf(namespaceName(graph));
  const down = critical('DataServerDown', `${queries.readyServers(name)} < 1`, '1m', `${name} is not ready`);
  if (backup === undefined) return [down];
  const created = queries.cronJob('created', `${name}-backup`);
  const succeeded = queries.cronJob('status_last_successful_time', `${name}-backup`);
  const old = `time() - ${succeeded} > ${backupAge}`;
  const never = `(time() - ${created} > ${backupAge}) unless on (cronjob) ${succeeded}`;
  const summary = `The newest backup of ${name} is older than 26 hours`;
  return [down, critical('BackupTooOld', `(${old}) or (${never})`, '0m', summary)];
}

export function hasMetrics({ form, config }: GraphService): boolean {
  return form === 'code' && config.metrics !== undefined && config.cron === undefined;
}

function critical(alert: string, expr: string, duration: string, summary: string): Alert {
  return { alert, expr, for: duration, labels: { severity: 'critical' }, annotations: { summary } };
}

function warning(alert: string, expr: string, duration: string, summary: string): Alert {
  return { ...critical(alert, expr, duration, summary), labels: { severity: 'warning' } };
}
