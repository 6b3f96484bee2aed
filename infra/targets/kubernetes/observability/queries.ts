/**
 * Returns the PromQL queries of alerts and dashboards. Services export `http_request_duration_seconds` and
 * `queue_length` (services/shared/metrics.ts, services/api/queue-length.ts); kube-state-metrics exports names that
 * start with `kube_`.
 */
export function queriesOf(namespace: string) {
  const here = `namespace="${namespace}"`;
  const requests = (filter = '') => `rate(http_request_duration_seconds_count{${here}${filter}}[5m])`;
  return {
    requestRate: `sum by (job) (${requests()})`,
    errorRatio: `sum by (job) (${requests(',status=~"5.."')}) / sum by (job) (${requests()})`,
    latency: (quantile: number) =>
      `histogram_quantile(${quantile}, sum by (job, le) (rate(http_request_duration_seconds_bucket{${here}}[5m])))`,
    /** Every replica exports the same length, hence `max`. */
    queueLength: (filter = '') => `max by (queue) (queue_length{${here}${filter}})`,
    restarts: `sum by (container) (increase(kube_pod_container_status_restarts_total{${here}}[15m]))`,
    availableReplicas: `kube_deployment_status_replicas_available{${here}}`,
    wantedReplicas: `kube_deployment_spec_replicas{${here}}`,
    readyServers: (name: string) => `kube_statefulset_status_replicas_ready{${here},statefulset="${name}"}`,
    failedJobs: `kube_job_failed{${here},condition="true"}`,
    cronJob: (metric: 'created' | 'status_last_successful_time', name: string) =>
      `kube_cronjob_${metric}{${here},cronjob="${name}"}`,
    freeDisk: `kubelet_volume_stats_available_bytes{${here}} / kubelet_volume_stats_capacity_bytes{${here}}`,
  };
}
