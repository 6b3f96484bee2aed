import type { CodeService } from '../../../stack/schema.ts';
import type { Container, PodSpec } from './pods.ts';

/** Users above this id do not exist on any node (container-security-context-user-group-id). */
const lowestUser = 10_000;

/** The folders in the official images of Postgres and Redis belong to this user. */
const dataImageUser = 999;

/** What a stack file says of a container, which is then no violation. */
export type Declared = Pick<CodeService, 'user' | 'readOnly'>;

/** Checks the settings of one container that scanners check. */
export function containerSettings(
  container: Container,
  pod: PodSpec,
  isForever: boolean,
  declared: Declared,
): string[] {
  const { image = '', resources = {}, securityContext = {} } = container;
  const user = securityContext.runAsUser ?? pod.securityContext?.runAsUser;
  const group = securityContext.runAsGroup ?? pod.securityContext?.runAsGroup;
  return [
    ...(['cpu', 'memory', 'ephemeral-storage'] as const).flatMap((name) => [
      ...when(resources.limits?.[name] === undefined, `no limit of ${name} (container-resources)`),
      ...when(resources.requests?.[name] === undefined, `no request of ${name} (container-resources)`),
    ]),
    ...when(!isFixed(image), `${image || 'no image'} is not pinned to a tag or digest (container-image-tag)`),
    ...[user, group].flatMap((id) =>
      when(
        declared.user === undefined && (id === undefined || (id <= lowestUser && id !== dataImageUser)),
        `runs as ${id} (container-security-context-user-group-id)`,
      ),
    ),
    ...when(
      securityContext.readOnlyRootFilesystem !== (declared.readOnly ?? true),
      'its file system can be written to',
    ),
    ...when(securityContext.privileged !== false, 'privileged is not false'),
    ...(isForever ? probeProblems(container) : []),
  ].map((problem) => `${container.name}: ${problem}`);
}

/** Checks the probes of a container with ports. Without ports, none are needed: the exit of the process is enough. */
function probeProblems({ ports = [], readinessProbe, livenessProbe }: Container): string[] {
  if (ports.length === 0) return [];
  return [
    ...when(readinessProbe === undefined, 'has no readinessProbe (pod-probes)'),
    ...when(
      livenessProbe !== undefined && question(readinessProbe) === question(livenessProbe),
      'readinessProbe and livenessProbe check the same (pod-probes-identical)',
    ),
  ];
}

/** Returns what a probe checks, without its timings. */
function question(probe: object | undefined): string {
  const { httpGet, tcpSocket, exec } = (probe ?? {}) as Record<string, unknown>;
  return JSON.stringify([httpGet, tcpSocket, exec]);
}

function isFixed(image: string): boolean {
  return /@sha256:[0-9a-f]{64}$/.test(image) || /:(?!latest$)[^/:]+$/.test(image);
}

function when(isWrong: boolean, problem: string): string[] {
  return isWrong ? [problem] : [];
}
