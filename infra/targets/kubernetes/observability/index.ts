import type { ServiceGraph } from '../../../graph/types.ts';
import { triedOut } from '../canary/tried-out.ts';
import type { PlanScope } from '../scope.ts';
import { alertRuleArgs } from './alerts.ts';
import { dashboardArgs } from './dashboard.ts';
import { types } from '../types.ts';
import { podMonitorArgs } from './monitor.ts';

/**
 * Plans the objects with which the Prometheus operator and Grafana of the cluster monitor the stack. Logs need no
 * objects: services write JSON lines to stdout, from where an agent (Loki's, for example) collects them.
 */
export function planObservability(scope: PlanScope, graph: ServiceGraph): void {
  const { resources } = scope;
  for (const { name, form, config } of graph.services) {
    if (form !== 'code' || config.metrics === undefined || config.cron !== undefined) continue;
    // A meter does not count what Prometheus reads.
    const port = triedOut(config) === undefined ? 'main' : 'service';
    resources.add(name, types.podMonitor, name, podMonitorArgs(scope, name, config.metrics, port));
  }
  resources.add(undefined, types.alertRule, `${graph.name}-alerts`, alertRuleArgs(scope, graph));
  resources.add(undefined, types.configMap, `${graph.name}-dashboard`, dashboardArgs(scope, graph));
}
