import { metadata, servingPodsOf, type Scope } from '../scope.ts';

/**
 * Returns the PodMonitor with which the Prometheus operator reads the metrics of every pod of a service, ready or not.
 * The label `job` of the metrics is the service's name.
 */
export function podMonitorArgs(scope: Scope, service: string, path: string, port: string) {
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PodMonitor',
    metadata: metadata(scope, service),
    spec: {
      jobLabel: 'app.kubernetes.io/name',
      selector: { matchLabels: servingPodsOf(scope, service) },
      podMetricsEndpoints: [{ port, path, interval: '15s', scrapeTimeout: '10s' }],
    },
  };
}
