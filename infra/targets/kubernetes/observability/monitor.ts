import { metadata, servingPodsOf, type Scope } from '../scope.ts';

/**
 * Tells Prometheus' operator to ask every pod of a service for its metrics, whether it may take requests or not. `job`
 * of what is found is the service's name.
 */
export function podMonitorArgs(scope: Scope, service: string, path: string) {
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PodMonitor',
    metadata: metadata(scope, service),
    spec: {
      jobLabel: 'app.kubernetes.io/name',
      selector: { matchLabels: servingPodsOf(scope, service) },
      podMetricsEndpoints: [{ port: 'main', path, interval: '15s', scrapeTimeout: '10s' }],
    },
  };
}
