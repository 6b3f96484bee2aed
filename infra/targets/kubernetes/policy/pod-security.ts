import { usualCapabilities } from '../../../stack/container.ts';
import type { KubernetesObject } from '../manifests.ts';
import {
  allContainers,
  podsOf,
  type Container,
  type Pods,
  type PodSpec,
  type SecurityContext,
} from './pods.ts';
import type { Violation } from '../../shared/violation.ts';

/**
 * Checks the pods of all objects against the Pod Security Standard `restricted`, which includes `baseline`. The rules
 * are those of `k8s.io/pod-security-admission` at version 1.34.
 *
 * @param mayBeRoot whether the stack file lets a container run as root; then `baseline` applies to it
 */
export function podSecurity(
  objects: KubernetesObject[],
  mayBeRoot: (pods: Pods, container: Container) => boolean = () => false,
): Violation[] {
  return podsOf(objects).flatMap((pods) =>
    problemsOf(pods, (container) => mayBeRoot(pods, container)).map((problem) => ({
      object: pods.owner,
      problem,
    })),
  );
}

const volumeTypes = [
  ...['configMap', 'downwardAPI', 'emptyDir', 'projected', 'secret', 'csi', 'persistentVolumeClaim'],
  ...['ephemeral', 'image'],
];
const seLinuxTypes = ['', 'container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t'];
const safeSysctls = [
  ...['kernel.shm_rmid_forced', 'net.ipv4.ip_local_port_range', 'net.ipv4.tcp_syncookies'],
  ...['net.ipv4.ping_group_range', 'net.ipv4.ip_unprivileged_port_start'],
  ...['net.ipv4.ip_local_reserved_ports', 'net.ipv4.tcp_keepalive_time', 'net.ipv4.tcp_fin_timeout'],
  ...[
    'net.ipv4.tcp_keepalive_intvl',
    'net.ipv4.tcp_keepalive_probes',
    'net.ipv4.tcp_rmem',
    'net.ipv4.tcp_wmem',
  ],
];
const appArmorAnnotation = 'container.apparmor.security.beta.kubernetes.io/';

function problemsOf({ spec, annotations }: Pods, mayBeRoot: (container: Container) => boolean): string[] {
  const containers = allContainers(spec);
  return [
    ...namespaces(spec),
    ...volumes(spec),
    ...sysctls(spec),
    ...anyContext(spec.securityContext ?? {}, containers.some(mayBeRoot)),
    ...containers.flatMap((container) => anyContext(contextOf(container), mayBeRoot(container))),
    ...containers.flatMap((container) =>
      containerProblems(container, spec, mayBeRoot(container)).map(
        (problem) => `${container.name}: ${problem}`,
      ),
    ),
    ...Object.entries(annotations)
      .filter(
        ([name, value]) =>
          name.startsWith(appArmorAnnotation) && !/^(runtime\/default|localhost\/.+)?$/.test(value),
      )
      .map(([name]) => `${name} turns AppArmor off`),
  ];
}

function namespaces(spec: PodSpec): string[] {
  const shared = (['hostNetwork', 'hostPID', 'hostIPC'] as const).filter((name) => spec[name]);
  return shared.map((name) => `${name} must not be true`);
}

function volumes({ volumes = [] }: PodSpec): string[] {
  return volumes
    .filter((volume) => !volumeTypes.some((type) => type in volume))
    .map((volume) => `volume ${String(volume.name)} has a type that is not allowed`);
}

function sysctls({ securityContext }: PodSpec): string[] {
  const unsafe = (securityContext?.sysctls ?? []).filter(({ name }) => !safeSysctls.includes(name));
  return unsafe.map(({ name }) => `sysctl ${name} is not allowed`);
}

/** Checks the fields that pods and containers share. */
function anyContext(context: SecurityContext, mayBeRoot: boolean): string[] {
  const { runAsUser, runAsNonRoot, seccompProfile, appArmorProfile, seLinuxOptions, windowsOptions } =
    context;
  return [
    ...when(runAsUser === 0 && !mayBeRoot, 'runAsUser must not be 0'),
    ...when(runAsNonRoot === false, 'runAsNonRoot must not be false'),
    ...when(
      seccompProfile !== undefined && !isConfined(seccompProfile),
      'seccompProfile must be RuntimeDefault or Localhost',
    ),
    ...when(
      appArmorProfile !== undefined && !isConfined(appArmorProfile),
      'appArmorProfile must be RuntimeDefault or Localhost',
    ),
    ...when(
      seLinuxOptions !== undefined &&
        (!seLinuxTypes.includes(seLinuxOptions.type ?? '') ||
          Boolean(seLinuxOptions.user || seLinuxOptions.role)),
      'seLinuxOptions must not set a user, a role or a custom type',
    ),
    ...when(windowsOptions?.hostProcess === true, 'hostProcess must not be true'),
  ];
}

function containerProblems(container: Container, pod: PodSpec, mayBeRoot: boolean): string[] {
  const context = contextOf(container);
  const { add = [], drop = [] } = context.capabilities ?? {};
  const ofPod = pod.securityContext ?? {};
  return [
    ...when(context.allowPrivilegeEscalation !== false, 'allowPrivilegeEscalation must be false'),
    ...when(!drop.includes('ALL'), 'capabilities.drop must contain ALL'),
    ...when(
      add.some((name) => name !== 'NET_BIND_SERVICE' && !(mayBeRoot && usualCapabilities.has(name))),
      'capabilities.add may contain only NET_BIND_SERVICE',
    ),
    ...when(!mayBeRoot && (context.runAsNonRoot ?? ofPod.runAsNonRoot) !== true, 'runAsNonRoot must be true'),
    ...when(
      !isConfined(context.seccompProfile ?? ofPod.seccompProfile),
      'seccompProfile must be set to RuntimeDefault or Localhost',
    ),
    ...when(!['Default', undefined].includes(context.procMount), 'procMount must be Default'),
    ...when(context.privileged === true, 'privileged must not be true'),
    ...when(
      (container.ports ?? []).some(({ hostPort }) => hostPort),
      'hostPort must not be set',
    ),
    ...when(namesHost(container), 'a probe or hook must not name a host'),
  ];
}

function namesHost({ livenessProbe, readinessProbe, startupProbe, lifecycle }: Container): boolean {
  const handlers = [livenessProbe, readinessProbe, startupProbe, lifecycle?.preStop, lifecycle?.postStart];
  return handlers.some((handler) => handler?.httpGet?.host || handler?.tcpSocket?.host);
}

function isConfined(profile: { type?: string } | undefined): boolean {
  return profile?.type === 'RuntimeDefault' || profile?.type === 'Localhost';
}

function contextOf({ securityContext }: Container): SecurityContext {
  return securityContext ?? {};
}

function when(isWrong: boolean, problem: string): string[] {
  return isWrong ? [problem] : [];
}
