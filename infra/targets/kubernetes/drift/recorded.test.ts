import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'vitest';
import type { DeployedResource } from '../../shared/drift.ts';
import { clusterFindings } from './index.ts';
import { parseObjects, type LiveObject } from './live.ts';

/**
 * Manifests of `railhead render`, and what an API server (1.34) returned for them after a server-side apply, `kubectl scale` of a
 * Deployment with an autoscaler, `kubectl rollout restart` and `kubectl annotate`.
 */
const file = join(import.meta.dirname, 'testing/recorded.json');
const { deployed, live } = JSON.parse(readFileSync(file, 'utf8')) as { deployed: LiveObject[]; live: object };

test('objects as an API server returns them have no drift, and nothing of Kubernetes is foreign', () => {
  const resources = deployed.map((object): DeployedResource => {
    const { apiVersion, kind, metadata } = object;
    const type = `kubernetes:${apiVersion.includes('/') ? apiVersion : `core/${apiVersion}`}:${kind}`;
    return {
      urn: type,
      type,
      name: metadata.name,
      id: undefined,
      service: undefined,
      inputs: object,
      secrets: [],
    };
  });
  const objects = parseObjects(JSON.stringify(live));
  assert.deepEqual(objects.map(({ kind }) => kind).toSorted(), [
    ...[
      'ConfigMap',
      'Deployment',
      'HorizontalPodAutoscaler',
      'NetworkPolicy',
      'PersistentVolumeClaim',
      'ReplicaSet',
    ],
    'ServiceAccount',
  ]);
  const place = { namespace: 'driftk-k8', flags: [] };
  assert.deepEqual(clusterFindings(resources, { objects, forbidden: [] }, place), []);
});
