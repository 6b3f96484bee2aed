import { CustomResource } from '@pulumi/kubernetes/apiextensions/customResource.js';
import { ConfigMap } from '@pulumi/kubernetes/core/v1/configMap.js';
import type { ServiceGraph } from '../../../graph/types.ts';
import type { Scope } from '../scope.ts';
import { alertRuleArgs } from './alerts.ts';
import { dashboardArgs } from './dashboard.ts';
import { podMonitorArgs } from './monitor.ts';

/**
 * Creates the objects with which the Prometheus operator and Grafana of the cluster monitor the stack. Logs need no
 * objects: services write JSON lines to stdout, from where an agent (Loki's, for example) collects them.
 */
export function deployObservability(scope: Scope, graph: ServiceGraph): void {
  for (const { name, form, config } of graph.services) {
    if (form !== 'code' || config.metrics === undefined || config.cron !== undefined) continue;
    new CustomResource(name, podMonitorArgs(scope, name, config.metrics));
  }
  new CustomResource(`${graph.name}-alerts`, alertRuleArgs(scope, graph));
  new ConfigMap(`${graph.name}-dashboard`, dashboardArgs(scope, graph));
}
