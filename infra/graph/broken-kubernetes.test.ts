import assert from 'node:assert/strict';
import { test } from 'vitest';
import { testRefused, type RefusedFields } from './refused-fields.ts';
import { check } from './scratch-graph.ts';

const long = 'a'.repeat(64);

/** What `kubernetes` of a service must not contain, and the expected problems. */
const services: RefusedFields[] = [
  [
    '  source: app\n    kubernetes: { labels: { app.kubernetes.io/name: x, node.kubernetes.io/a: x, k8s.io/a: x, pod-template-hash: x, app.kubernetes.io/version: "1", scheduling.x-k8s.io/pod-group: a } }',
    '5:29  services.web.kubernetes.labels.app.kubernetes.io/name: "app.kubernetes.io/name" must be left out: Railhead sets it',
    '5:56  services.web.kubernetes.labels.node.kubernetes.io/a: "node.kubernetes.io/a" must be left out: the prefix belongs to Kubernetes',
    '5:81  services.web.kubernetes.labels.k8s.io/a: "k8s.io/a" must be left out: the prefix belongs to Kubernetes',
    '5:94  services.web.kubernetes.labels.pod-template-hash: "pod-template-hash" must be left out: a controller of the cluster sets it',
  ],
  [
    `  source: app\n    kubernetes: { labels: { team: true, "a b": x, ${long}: x, a: ${long}, b: "x/y", -c: x, d: "" } }`,
    '5:35  services.web.kubernetes.labels.team: true is not a value of a label: text of at most 63 letters, digits, "-", "_" and "."; write numbers and true in quotes',
    '5:41  services.web.kubernetes.labels.a b: "a b" is not a key of Kubernetes: at most 63 letters, digits, "-", "_" and ".", such as team, with or without a prefix, such as example.com/team',
    `5:51  services.web.kubernetes.labels.${long}: "${long}" is not a key of Kubernetes: at most 63 letters, digits, "-", "_" and ".", such as team, with or without a prefix, such as example.com/team`,
    `5:123  services.web.kubernetes.labels.a: "${long}" is not a value of a label: text of at most 63 letters, digits, "-", "_" and "."; write numbers and true in quotes`,
    '5:192  services.web.kubernetes.labels.b: "x/y" is not a value of a label: text of at most 63 letters, digits, "-", "_" and "."; write numbers and true in quotes',
    '5:199  services.web.kubernetes.labels.-c: "-c" is not a key of Kubernetes: at most 63 letters, digits, "-", "_" and ".", such as team, with or without a prefix, such as example.com/team',
  ],
  [
    '  source: app\n    kubernetes: { annotations: { pulumi.com/skipAwait: "true", deployment.kubernetes.io/revision: "1", example.com/scrape: true } }',
    '5:34  services.web.kubernetes.annotations.pulumi.com/skipAwait: "pulumi.com/skipAwait" must be left out: Railhead sets it',
    '5:64  services.web.kubernetes.annotations.deployment.kubernetes.io/revision: "deployment.kubernetes.io/revision" must be left out: a controller of the cluster sets it',
    '5:124  services.web.kubernetes.annotations.example.com/scrape: true is not text; write numbers and true in quotes, as in Kubernetes',
  ],
  [
    '  source: app\n    kubernetes: { priorityClass: High, storageClass: fast, nodeSelector: { disk: ssd! }, serviceAccount: {} }',
    '5:34  services.web.kubernetes.priorityClass: "High" is not a name of Kubernetes: lower-case letters, digits, "-" and ".", at most 253 characters',
    '5:54  services.web.kubernetes.storageClass: "fast" needs "volume", or "volumes" with a "size": it is the storage class of these volumes',
    '5:82  services.web.kubernetes.nodeSelector.disk: "ssd!" is not a value of a label: text of at most 63 letters, digits, "-", "_" and "."; write numbers and true in quotes',
    '5:90  services.web.kubernetes.serviceAccount.annotations: is missing: a map of annotations',
  ],
  [
    '  source: app\n    kubernetes: { tolerations: [{ operator: Equal }, { key: a, operator: Exists, value: b }, { key: a, tolerationSeconds: 1 }] }',
    '5:33  services.web.kubernetes.tolerations.0.key: is missing: only the operator Exists tolerates taints of every key',
    '5:89  services.web.kubernetes.tolerations.1.value: "b" must be left out with the operator Exists, which any value matches',
    '5:123  services.web.kubernetes.tolerations.2.tolerationSeconds: 1 needs the effect NoExecute: other taints do not end running pods',
  ],
  [
    '  type: postgres\n    external: { url: "${{secret.DB}}" }\n    kubernetes: { storageClass: fast }',
    '6:5  services.web.kubernetes: must be left out with "external": a cluster creates nothing for that server',
  ],
];

testRefused(services);

test('a volume of the service alone, also one in "volumes", can have a class', (t) => {
  const volumes = (fields: string) =>
    check(
      t,
      `name: x\nservices:\n  web: { source: app, volumes: { ${fields} }, kubernetes: { storageClass: fast } }\nvolumes: { b: { size: 1Gi } }\n`,
    );
  assert.deepEqual(volumes('a: { path: /a, size: 1Gi }'), []);
  assert.deepEqual(volumes('b: /b'), [
    '3:71  services.web.kubernetes.storageClass: "fast" needs "volume", or "volumes" with a "size": it is the storage class of these volumes',
  ]);
});

test('the class of all volumes and of a shared one has a name of Kubernetes', (t) => {
  assert.deepEqual(
    check(
      t,
      'name: x\nservices:\n  web: { source: app }\nkubernetes: { storageClass: Fast_1 }\nvolumes: { a: { size: 1Gi, storageClass: Fast_1 } }\n',
    ),
    [
      '4:29  kubernetes.storageClass: "Fast_1" is not a name of Kubernetes: lower-case letters, digits, "-" and ".", at most 253 characters',
      '5:42  volumes.a.storageClass: "Fast_1" is not a name of Kubernetes: lower-case letters, digits, "-" and ".", at most 253 characters',
    ],
  );
});

test('one entrance brings the requests, from a controller that has a name', (t) => {
  const gateway = (fields: string) =>
    check(
      t,
      `name: x\nservices:\n  web: { source: app, port: 80 }\ngateway:\n  routes: [{ path: /, to: web }]\n${fields}`,
    );
  assert.deepEqual(
    gateway(
      '  ingress: { class: nginx, from: a, issuer: a, secret: b }\n  httpRoute: { gateway: a, namespace: b, from: 10.0.0.0/99 }\n',
    ),
    [
      '6:56  gateway.ingress.secret: "b" must be left out with "issuer", which creates the certificate',
      '7:3  gateway.httpRoute: a map must be left out with "ingress": requests reach the gateway through one of the two',
      '7:48  gateway.httpRoute.from: "10.0.0.0/99" is not a namespace, such as ingress-nginx, or an IPv4 range, such as 10.20.0.0/16',
    ],
  );
  assert.deepEqual(gateway('  ingress: { class: nginx }\n'), [
    '6:3  gateway.ingress.from: is missing: a namespace, such as ingress-nginx, or an IPv4 range, such as 10.20.0.0/16',
  ]);
});
