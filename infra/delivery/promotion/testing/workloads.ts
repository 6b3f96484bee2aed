import type { ReplicaStatus, WorkloadStatus } from '../../../supervisor/spec.ts';
import type { Workload } from '../../../supervisor/workloads.ts';

/** Returns a workload with one ready replica. */
export function workload({
  artifact = 'a'.repeat(16),
  ...changes
}: { artifact?: string; status?: WorkloadStatus | undefined } = {}): Workload {
  const { status } = { status: workloadStatus(), ...changes };
  const spec = {
    ...{ name: 'api', environment: 'dev', deploymentId: '1', artifact, command: 'true', cwd: '/', env: {} },
    ...{ replicas: 1, timeout: 60, log: '/log', restart: { policy: 'never', maxRetries: 0 } as const },
    stop: { signal: 'SIGTERM', grace: 5 } as const,
  };
  return { folder: '/api', name: 'api', spec, ...(status && { status }) };
}

export function workloadStatus(
  changes: Partial<WorkloadStatus> = {},
  replica: Partial<ReplicaStatus> = {},
): WorkloadStatus {
  const startedAt = '2026-03-04T05:05:00.000Z';
  return {
    ...{ request: '1', deploymentId: '1', state: 'ready' },
    supervisor: { pid: 1, startTime: '1', startedAt },
    replicas: [
      { id: 'api-1', pid: 2, startTime: '1', state: 'ready', restarts: 0, retries: 0, startedAt, ...replica },
    ],
    ...changes,
  };
}
