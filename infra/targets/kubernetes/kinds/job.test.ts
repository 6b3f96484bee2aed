import assert from 'node:assert/strict';
import { test } from 'vitest';
import { freshJob, reported } from './job.ts';

test('a Job that runs again is as it was made, without what the cluster has added', () => {
  const own = { 'app.kubernetes.io/name': 'api' };
  const added = { 'controller-uid': '1', 'batch.kubernetes.io/controller-uid': '1', 'job-name': 'api-1' };
  const spec = { backoffLimit: 0 };
  const containers = [{ name: 'api' }];
  const template = { spec: { containers } };
  const live = {
    ...{ apiVersion: 'batch/v1', kind: 'Job', status: { failed: 1 } },
    metadata: {
      ...{ name: 'api-1', namespace: 'rota-prod', uid: '1', resourceVersion: '9' },
      labels: { ...own, ...added },
      annotations: { kept: 'yes', [reported]: 'true' },
    },
    spec: {
      ...spec,
      selector: { matchLabels: { 'controller-uid': '1' } },
      template: { ...template, metadata: { creationTimestamp: null, labels: { ...own, ...added } } },
    },
  };
  assert.deepEqual(JSON.parse(JSON.stringify(freshJob(live))), {
    ...{ apiVersion: 'batch/v1', kind: 'Job' },
    metadata: { name: 'api-1', namespace: 'rota-prod', labels: own, annotations: { kept: 'yes' } },
    spec: { ...spec, template: { ...template, metadata: { creationTimestamp: null, labels: own } } },
  });
});
