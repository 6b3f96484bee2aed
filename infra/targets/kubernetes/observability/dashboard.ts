import type { ServiceGraph } from '../../../graph/types.ts';
import { metadata, namespaceName, type Scope } from '../scope.ts';
import { queriesOf } from './queries.ts';

/** Returns the ConfigMap of a dashboard, which Grafana's sidecar finds by its label. */
export function dashboardArgs(scope: Scope, graph: ServiceGraph) {
  const { labels, ...rest } = metadata(scope, 'observability', 'service', `${graph.name}-dashboard`);
  return {
    metadata: { ...rest, labels: { ...labels, grafana_dashboard: '1' } },
    data: { [`${namespaceName(graph)}.json`]: JSON.stringify(dashboardOf(graph), undefined, 2) },
  };
}

export function dashboardOf(graph: ServiceGraph) {
  const name = namespaceName(graph);
  const queries = queriesOf(name);
  const panels = [
    panel('Requests per second', 'reqps', { '{{job}}': queries.requestRate }),
    panel('Requests that fail (5xx)', 'percentunit', { '{{job}}': queries.errorRatio }),
    panel('Latency', 's', { '{{job}} p50': queries.latency(0.5), '{{job}} p99': queries.latency(0.99) }),
    panel('Jobs in queues', 'short', { '{{queue}}': queries.queueLength() }),
    panel('Ready replicas', 'short', { '{{deployment}}': queries.availableReplicas }),
    panel('Restarts in 15 minutes', 'short', { '{{container}}': queries.restarts }),
  ];
  return {
    uid: name.slice(0, 40),
    title: `${graph.name} (${graph.environment})`,
    tags: ['railhead'],
    schemaVersion: 39,
    time: { from: 'now-3h', to: 'now' },
    refresh: '30s',
    templating: {
      list: [{ name: 'datasource', label: 'Data source', type: 'datasource', query: 'prometheus' }],
    },
    panels: panels.map((one, index) => ({
      id: index + 1,
      gridPos: { x: (index % 2) * 12, y: Math.floor(index / 2) * 8, w: 12, h: 8 },
      ...one,
    })),
  };
}

/** Returns a panel. `queries`: PromQL expressions by their name in the legend. */
function panel(title: string, unit: string, queries: Record<string, string>) {
  return {
    title,
    type: 'timeseries',
    datasource: { type: 'prometheus', uid: '${datasource}' },
    fieldConfig: { defaults: { unit, min: 0 }, overrides: [] },
    targets: Object.entries(queries).map(([legendFormat, expr], index) => ({
      refId: String.fromCharCode(65 + index),
      expr,
      legendFormat,
    })),
  };
}
