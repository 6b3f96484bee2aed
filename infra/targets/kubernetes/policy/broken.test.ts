import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { goldenCases, readCase } from '../../../delivery/render/golden.ts';
import type { KubernetesObject } from '../manifests.ts';
import { buildGraph } from '../../../graph/graph.ts';
import { loadStack } from '../../../stack/load.ts';
import { namespacesAreClosed } from './namespaces.ts';
import { internetIsPublic, networkAgrees } from './network.ts';
import { podSecurity } from './pod-security.ts';
import { podsOf, type Container, type PodSpec } from './pods.ts';
import type { Violation } from '../../shared/violation.ts';
import { everyPodPulls } from './pull-secrets.ts';
import { scannerSettings } from './scanners.ts';
import { secretsInSecrets } from './secrets.ts';

const staging = (await goldenCases()).find(({ name }) => name === 'rota-staging')!;
const graph = buildGraph(loadStack(staging.config['railhead:stackFile'] ?? ''), 'staging');

/** Returns the objects of a valid system, after `change` has changed one of them. */
function broken(name: string, change: (object: KubernetesObject) => void): KubernetesObject[] {
  const objects = [...readCase(staging).values()].flatMap((text) =>
    parseAllDocuments(text).map((document) => document.toJS() as KubernetesObject),
  );
  const object = objects.find(({ kind, metadata }) => `${kind}/${metadata.name}` === name);
  assert.ok(object, name);
  change(object);
  return objects;
}

const inPod = (change: (pod: PodSpec, container: Container) => void) => (object: KubernetesObject) => {
  const { spec } = podsOf([object])[0]!;
  change(spec, spec.containers[0]!);
};

function turnsRed(found: Violation[], object: string, problem: RegExp): void {
  assert.ok(
    found.some((violation) => violation.object === object && problem.test(violation.problem)),
    JSON.stringify(found),
  );
}

describe('violations of Pod Security are reported', () => {
  const cases: [string, (pod: PodSpec, container: Container) => void, RegExp][] = [
    ['the host network', (pod) => (pod.hostNetwork = true), /hostNetwork/],
    ['host processes', (pod) => (pod.hostPID = true), /hostPID/],
    ['host memory', (pod) => (pod.hostIPC = true), /hostIPC/],
    ['a host folder', (pod) => pod.volumes!.push({ name: 'h', hostPath: { path: '/' } }), /volume h/],
    ['an unsafe sysctl', (pod) => (pod.securityContext!.sysctls = [{ name: 'kernel.msgmax' }]), /sysctl/],
    ['root', (pod) => (pod.securityContext!.runAsUser = 0), /runAsUser/],
    ['perhaps root', (pod) => delete pod.securityContext!.runAsNonRoot, /runAsNonRoot/],
    [
      'a container as root',
      (_, container) => (container.securityContext!.runAsNonRoot = false),
      /runAsNonRoot/,
    ],
    ['no seccomp', (pod) => delete pod.securityContext!.seccompProfile, /seccompProfile/],
    ['seccomp off', (_, c) => (c.securityContext!.seccompProfile = { type: 'Unconfined' }), /seccompProfile/],
    ['AppArmor off', (_, c) => (c.securityContext!.appArmorProfile = { type: 'Unconfined' }), /appArmor/],
    ['SELinux', (_, c) => (c.securityContext!.seLinuxOptions = { type: 'spc_t' }), /seLinux/],
    ['a host process', (pod) => (pod.securityContext!.windowsOptions = { hostProcess: true }), /hostProcess/],
    ['escalation', (_, c) => delete c.securityContext!.allowPrivilegeEscalation, /allowPrivilegeEscalation/],
    ['capabilities', (_, c) => delete c.securityContext!.capabilities, /drop must contain ALL/],
    [
      'an added capability',
      (_, c) => (c.securityContext!.capabilities!.add = ['NET_ADMIN']),
      /capabilities.add/,
    ],
    ['procMount', (_, c) => (c.securityContext!.procMount = 'Unmasked'), /procMount/],
    ['privileged', (_, c) => (c.securityContext!.privileged = true), /privileged/],
    ['a host port', (_, c) => (c.ports = [{ containerPort: 1, hostPort: 1 }]), /hostPort/],
    ['a probe elsewhere', (_, c) => (c.livenessProbe = { httpGet: { host: '10.0.0.1' } }), /name a host/],
    ['an init container', (pod) => (pod.initContainers = [{ name: 'i' }]), /i: allowPrivilegeEscalation/],
  ];
  for (const owner of [
    'Deployment/api',
    'StatefulSet/postgres',
    'CronJob/scheduler',
    'CronJob/postgres-backup',
  ]) {
    test(`in ${owner}`, () => {
      for (const [title, change, problem] of cases) {
        const found = podSecurity(broken(owner, inPod(change)));
        assert.ok(found.length > 0, title);
        turnsRed(found, owner, problem);
      }
    });
  }
});

test('settings that scanners reject are reported', () => {
  const cases: [string, (object: KubernetesObject) => void, RegExp][] = [
    ['Deployment/api', inPod((_, c) => delete c.resources!.limits!.memory), /limit of memory/],
    [
      'Deployment/api',
      inPod((_, c) => delete c.resources!.requests!['ephemeral-storage']),
      /request of ephemeral/,
    ],
    ['Deployment/api', inPod((_, c) => (c.image = 'api')), /not pinned/],
    ['Deployment/api', inPod((_, c) => (c.image = 'localhost:5000/api:latest')), /not pinned/],
    ['Deployment/api', inPod((pod) => (pod.securityContext!.runAsUser = 1000)), /runs as 1000/],
    ['Deployment/api', inPod((_, c) => (c.securityContext!.readOnlyRootFilesystem = false)), /file system/],
    ['Deployment/api', inPod((_, c) => delete c.readinessProbe), /no readinessProbe/],
    ['Deployment/api', inPod((_, c) => (c.livenessProbe = c.readinessProbe!)), /identical/],
    ['Deployment/api', inPod((pod) => (pod.automountServiceAccountToken = true)), /token/],
    ['Deployment/api', inPod((pod) => (pod.serviceAccountName = 'default')), /ServiceAccount default/],
    ['Deployment/api', inPod((pod) => delete pod.topologySpreadConstraints), /one node/],
    ['Deployment/api', ({ spec }) => delete (spec as { strategy?: unknown }).strategy, /deployment-strategy/],
    ['Deployment/api', ({ spec }) => delete (spec as { replicas?: unknown }).replicas, /deployment-replicas/],
    ['Deployment/worker', ({ spec }) => ((spec as { replicas?: number }).replicas = 2), /contradict/],
    ['Deployment/api', ({ metadata }) => (metadata.namespace = 'default'), /namespace/],
    ['CronJob/scheduler', inPod((pod) => (pod.restartPolicy = 'Always')), /restartPolicy/],
    ['CronJob/scheduler', ({ spec }) => delete (spec as Spec).startingDeadlineSeconds, /deadline/],
    ['CronJob/scheduler', ({ spec }) => ((spec as Spec).concurrencyPolicy = 'Allow'), /two runs/],
    ['Service/api', ({ spec }) => ((spec as Spec).type = 'NodePort'), /service-type/],
    ['Service/api', ({ spec }) => ((spec as Spec).selector = { a: 'b' }), /0 objects/],
    ['Service/api', ({ spec }) => ((spec as Spec).ports = [{ port: 1, targetPort: 1 }]), /do not have/],
    ['PodDisruptionBudget/api', ({ spec }) => ((spec as Spec).maxUnavailable = 0), /blocks draining/],
    ['ScaledObject/worker', ({ spec }) => ((spec as Scaler).scaleTargetRef.name = 'x'), /has-target/],
    ['ScaledObject/worker', (object) => (object.apiVersion = 'autoscaling/v2beta2'), /stable-version/],
  ];
  for (const [name, change, problem] of cases) turnsRed(scannerSettings(broken(name, change)), name, problem);
  const without = broken('Deployment/api', () => undefined).filter(
    ({ kind, metadata }) => !(kind === 'PodDisruptionBudget' && metadata.name === 'api'),
  );
  turnsRed(scannerSettings(without), 'Deployment/api', /no PodDisruptionBudget/);
});

interface Spec {
  [field: string]: unknown;
}

interface Scaler {
  scaleTargetRef: { name: string };
}

interface Policy {
  ingress: { from?: unknown[]; ports?: unknown[] }[];
  egress: { to?: unknown[]; ports?: unknown[] }[];
}

const policy =
  (change: (spec: Policy) => void) =>
  ({ spec }: KubernetesObject) =>
    change(spec as Policy);

test('NetworkPolicies that differ from the graph are reported', () => {
  const check = (change: (spec: Policy) => void) =>
    networkAgrees(broken('NetworkPolicy/api', policy(change)), graph);
  const anyPod = { podSelector: {} };
  turnsRed(
    check((spec) => spec.ingress.shift()),
    'Deployment/api',
    /closed from/,
  );
  turnsRed(
    check((spec) => spec.egress.shift()),
    'Deployment/api',
    /closed to/,
  );
  turnsRed(
    check((spec) => spec.ingress.push({ from: [anyPod] })),
    'Deployment/api',
    /open from .*redis/,
  );
  turnsRed(
    check((spec) => spec.egress.push({ to: [anyPod] })),
    'Deployment/api',
    /open to .*web/,
  );
  turnsRed(
    check((spec) => delete spec.ingress[0]!.ports),
    'Deployment/api',
    /port 9 is open/,
  );
  const range = { to: [{ ipBlock: { cidr: '0.0.0.0/0' } }] };
  turnsRed(
    check((spec) => spec.egress.push(range)),
    'Deployment/api',
    /addresses 0.0.0.0/,
  );
  const open = broken(
    'NetworkPolicy/api',
    policy((spec) => spec.egress.push(range)),
  );
  turnsRed(internetIsPublic(open), 'NetworkPolicy/api', /private/);
  const other = broken(
    'NetworkPolicy/api',
    policy((spec) => spec.ingress.push({ from: [{ namespaceSelector: {} }] })),
  );
  turnsRed(namespacesAreClosed(other, graph), 'Deployment/api', /any/);
  const none = broken('Deployment/api', () => undefined).filter(({ kind }) => kind !== 'NetworkPolicy');
  turnsRed(networkAgrees(none, graph), 'Deployment/api', /no NetworkPolicy limits/);
});

test('a secret outside of a Secret is reported', () => {
  const resource = {
    urn: '',
    type: 'kubernetes:core/v1:ConfigMap',
    name: 'api',
    dependsOn: [],
    values: {},
    secrets: [['data', 'TOKEN']],
  };
  turnsRed(secretsInSecrets([resource]), 'ConfigMap/api', /data.TOKEN/);
});

test('a pod without a pull secret is reported', () => {
  const objects = broken('Deployment/api', () => undefined);
  const pulling = { ...graph, imagePullSecrets: ['team-registry'] };
  turnsRed(everyPodPulls(objects, pulling), 'Deployment/api', /does not pull with team-registry/);
});
