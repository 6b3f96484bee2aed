import type { LiveCanary } from '../../targets/shared/canaries.ts';

/** Canaries that are written by hand, of each target. Their view is in `infra/views/golden/canaries.txt`. */
export const canaries: LiveCanary[] = [
  {
    ...{ service: 'api', weight: 20, step: 1, steps: [20, 50], since: '2026-11-29T10:00:00.000Z' },
    newVersion: { artifact: '9f3c51d07b2e4a68', replicas: ['api-3', 'api-4'] },
    oldVersion: { artifact: 'ad4bcd77e8335c21', replicas: ['api-1', 'api-2'] },
    held: 'no command directs it. The next update gives all requests to the old version first',
  },
  {
    ...{ service: 'web', weight: 0, step: 0, steps: [100], since: '2026-11-29T10:00:05.250Z' },
    newVersion: { artifact: 'rota/web:2', replicas: ['rota-docker-web-1-7d20b1e'] },
    oldVersion: { artifact: 'rota/web:1', replicas: ['rota-docker-web-1-2bf92a3'] },
  },
  {
    ...{ service: 'worker', weight: 50, step: 2, steps: [25, 50], since: '2026-11-29T10:01:00Z' },
    newVersion: {
      artifact: 'ghcr.io/acme/rota/worker@sha256:47f7ef19a2c1',
      replicas: ['worker-6d4f7c9b8-2xkqp', 'worker-6d4f7c9b8-hv5tz'],
    },
    oldVersion: { replicas: [] },
  },
];
