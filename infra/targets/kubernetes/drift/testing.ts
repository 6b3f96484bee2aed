/** The inputs of a Deployment, as the state has them. */
export const inputs = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: {
    name: 'api',
    namespace: 'shop-prod',
    labels: { 'app.kubernetes.io/name': 'api' },
    annotations: { 'pulumi.com/skipAwait': 'true' },
  },
  spec: {
    replicas: 2,
    minReadySeconds: 0,
    selector: { matchLabels: { 'app.kubernetes.io/name': 'api' } },
    template: {
      metadata: { labels: { 'app.kubernetes.io/name': 'api' } },
      spec: {
        automountServiceAccountToken: false,
        containers: [
          {
            name: 'api',
            image: 'shop/api:1',
            env: [
              { name: 'LOG_LEVEL', value: 'info' },
              { name: 'URL', value: 'http://web' },
            ],
            ports: [{ containerPort: 3001 }],
            resources: { limits: { cpu: '1', memory: '0.5Gi' }, requests: { cpu: 0.1 } },
            volumeMounts: [{ name: 'scratch', mountPath: '/tmp' }],
          },
        ],
        volumes: [{ name: 'scratch', emptyDir: { sizeLimit: '256Mi' } }],
      },
    },
  },
};

const setByPulumi = {
  'f:spec': {
    'f:replicas': {},
    'f:template': { 'f:spec': { 'f:containers': { 'k:{"name":"api"}': { 'f:image': {} } } } },
  },
};

/** What the API server makes of it, in the form of `kubectl get --output=json --show-managed-fields`. */
export const deployment = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: {
    name: 'api',
    namespace: 'shop-prod',
    uid: '5c0c9a52-1b0f-4a3a-8a55-0f3ab3e2f9f1',
    generation: 1,
    creationTimestamp: '2026-11-29T10:00:00Z',
    labels: { 'app.kubernetes.io/name': 'api' },
    annotations: { 'deployment.kubernetes.io/revision': '1', 'pulumi.com/skipAwait': 'true' },
    managedFields: [
      {
        ...setBy('pulumi-kubernetes-1f6a2b3c', setByPulumi),
        operation: 'Apply',
        time: '2026-11-29T10:00:00Z',
      },
      {
        ...setBy(
          'kube-controller-manager',
          { 'f:status': {}, 'f:metadata': { 'f:annotations': {} } },
          'status',
        ),
        time: '2026-11-29T12:00:00Z',
      },
    ],
  },
  spec: {
    replicas: 2,
    progressDeadlineSeconds: 600,
    revisionHistoryLimit: 10,
    selector: { matchLabels: { 'app.kubernetes.io/name': 'api' } },
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } },
    template: {
      metadata: {
        labels: { 'app.kubernetes.io/name': 'api' },
        annotations: { 'kubectl.kubernetes.io/restartedAt': '2026-11-29T11:00:00Z' },
      },
      spec: {
        containers: [
          {
            name: 'api',
            image: 'shop/api:1',
            imagePullPolicy: 'IfNotPresent',
            env: [
              { name: 'LOG_LEVEL', value: 'info' },
              { name: 'URL', value: 'http://web' },
            ],
            ports: [{ containerPort: 3001, protocol: 'TCP' }],
            resources: { limits: { cpu: '1', memory: '512Mi' }, requests: { cpu: '100m' } },
            terminationMessagePath: '/dev/termination-log',
            volumeMounts: [{ mountPath: '/tmp', name: 'scratch' }],
          },
        ],
        dnsPolicy: 'ClusterFirst',
        restartPolicy: 'Always',
        securityContext: {},
        volumes: [{ emptyDir: { sizeLimit: '256Mi' }, name: 'scratch' }],
      },
    },
  },
  status: { replicas: 2, readyReplicas: 2 },
};

/** Returns an entry of `managedFields`. */
export function setBy(manager: string, fieldsV1: object, subresource?: string) {
  const time = '2026-11-29T11:48:00Z';
  return {
    manager,
    operation: 'Update',
    apiVersion: 'apps/v1',
    time,
    fieldsType: 'FieldsV1',
    fieldsV1,
    ...(subresource && { subresource }),
  };
}

/** Returns the Deployment after changes of its spec and its container, by these managers. */
export function liveOf(spec: object, managers: object[] = [], container: object = {}) {
  const live = structuredClone(deployment);
  Object.assign(live.spec, spec);
  Object.assign(live.spec.template.spec.containers[0]!, container);
  live.metadata.managedFields.push(...(managers as typeof live.metadata.managedFields));
  return live;
}
