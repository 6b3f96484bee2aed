import { parse } from 'yaml';
import type { ServiceGraph } from '../../graph/types.ts';
import { bindMountsOf } from '../../stack/bind-mounts.ts';
import type { CodeService } from '../../stack/schema.ts';
import type { RecordedResource } from '../shared/recorded.ts';
import type { Violation } from '../shared/violation.ts';
import { endsByItself } from './planned.ts';
import { toComposeFile } from './render/compose.ts';

/** A mounted folder of this machine. */
interface ComposeBind {
  type: 'bind';
  source: string;
  target: string;
  read_only: boolean;
}

/** The fields of a Compose service that policies check. */
export interface ComposeService {
  image: string;
  user?: string;
  privileged?: boolean;
  cap_add?: string[];
  cap_drop?: string[];
  security_opt?: string[];
  read_only?: boolean;
  tmpfs?: string[];
  volumes?: (string | ComposeBind)[];
  devices?: unknown[];
  networks?: unknown;
  network_mode?: string;
  pid?: string;
  ipc?: string;
  uts?: string;
  userns_mode?: string;
  ports?: string[];
  mem_limit?: string;
  cpus?: string;
  pids_limit?: number;
  restart?: string;
  healthcheck?: { test: string[] };
  labels?: Record<string, string>;
}

export interface ComposeFile {
  services: Record<string, ComposeService>;
}

/** Checks the Compose file of a stack against all policies. Returns the violations. */
export function dockerViolations(resources: RecordedResource[], graph: ServiceGraph): Violation[] {
  const configs = new Map(
    graph.services.flatMap(({ form, name, config }) => (form === 'code' ? [[name, config] as const] : [])),
  );
  return dockerBenchmark(parse(toComposeFile(resources, false, '/')) as ComposeFile, (service) =>
    configs.get(service),
  );
}

/** What a stack file says of the containers of a service, which is then no violation. */
type Declared = Pick<CodeService, 'user' | 'readOnly' | 'capabilities' | 'bindMounts'>;

/**
 * Checks every container against section 5 and item 4.1 of the CIS Docker Benchmark 1.7. Items that are not checked:
 * - 5.15, at most five restarts: the stack file sets the number, and data servers and the gateway always restart.
 * - 5.19, ulimits: those of the daemon apply; the number of processes is limited per container (5.29).
 */
export function dockerBenchmark(
  { services }: ComposeFile,
  declaredFor: (service: string) => Declared | undefined = () => undefined,
): Violation[] {
  return Object.entries(services).flatMap(([name, service]) =>
    [...isolation(service, declaredOf(service, declaredFor)), ...limits(service), ...addresses(service)].map(
      (problem) => ({
        object: name,
        problem,
      }),
    ),
  );
}

/** A balancer has no declared fields. */
function declaredOf(
  { labels = {} }: ComposeService,
  declaredFor: (service: string) => Declared | undefined,
): Declared {
  const isOwn = labels['railhead.role'] === 'balancer';
  return (isOwn ? undefined : declaredFor(labels['railhead.service'] ?? '')) ?? {};
}

function isolation(service: ComposeService, declared: Declared): string[] {
  const { user = '', volumes = [], tmpfs = [] } = service;
  const added = declared.capabilities?.add ?? [];
  return [
    ...when(
      declared.user === undefined && !/^[1-9]\d*:[1-9]\d*$/.test(user),
      '4.1: runs as root, or as the default user of the image',
    ),
    ...when(!(service.cap_drop ?? []).includes('ALL'), '5.4: keeps capabilities'),
    ...when(
      (service.cap_add ?? []).some((name) => !added.some((one) => name.endsWith(one))),
      '5.4: adds capabilities',
    ),
    ...when(service.privileged === true, '5.5: is privileged'),
    ...when(
      volumes.some((volume) =>
        typeof volume === 'string'
          ? // The files that the stack file declares are mounted from a folder of Railhead.
            /^[./~]/.test(volume) && !/^\.\/files\/.*:ro$/.test(volume)
          : !isDeclared(volume, declared),
      ),
      '5.6, 5.32: mounts a folder or socket of the host',
    ),
    ...when(service.read_only !== (declared.readOnly ?? true), '5.13: can write to its file system'),
    ...when(
      tmpfs.some((mount) => !/:.*\bnoexec\b.*\bnosuid\b/.test(mount)),
      '5.13: can execute files in its tmpfs',
    ),
    ...when(service.pid !== undefined, '5.16: shares processes'),
    ...when(service.ipc !== undefined, '5.17: shares memory'),
    ...when((service.devices ?? []).length > 0, '5.18: has devices'),
    ...when(service.uts !== undefined, '5.21: shares the host name'),
    ...when(
      (service.security_opt ?? []).some((option) => option.includes('unconfined')),
      '5.22: seccomp is off',
    ),
    ...when(!(service.security_opt ?? []).includes('no-new-privileges:true'), '5.26: can get new privileges'),
    ...when(service.userns_mode !== undefined, '5.31: shares users'),
  ];
}

/** Whether the stack file declares a mounted folder. One that it declares as read-only must be so. */
function isDeclared({ source, target, read_only: isReadOnly }: ComposeBind, declared: Declared): boolean {
  return bindMountsOf(declared).some(
    (mount) =>
      target === mount.path && source.endsWith(`/${mount.source}`) && (isReadOnly || !mount.readOnly),
  );
}

function limits(service: ComposeService): string[] {
  const role = service.labels?.['railhead.role'];
  // A container that runs once reports success by its exit code. For a foreign image, the health check is unknown.
  const hasNoCheck =
    endsByItself(role) || (role === 'replica' && service.healthcheck === undefined && isForeign(service));
  return [
    ...when(service.mem_limit === undefined, '5.11: has no limit of memory'),
    ...when(service.cpus === undefined, '5.12: has no limit of CPU'),
    ...when(service.healthcheck === undefined && !hasNoCheck, '5.27: has no health check'),
    ...when(!((service.pids_limit ?? 0) > 0), '5.29: has no limit of processes'),
  ];
}

function addresses({ network_mode, networks, ports = [] }: ComposeService): string[] {
  return [
    ...when(network_mode === 'host', '5.10: uses the network of the host'),
    ...when(network_mode !== 'none' && networks === undefined, "5.30: is on Docker's default network"),
    ...when(
      ports.some((port) => !port.startsWith('127.0.0.1:')),
      '5.14: a port is open to other machines',
    ),
  ];
}

/** Returns whether an image was not built for the stack. Built images have a hash as tag. */
function isForeign({ image }: ComposeService): boolean {
  return !/:([0-9a-f]{16}|<hash>)$/.test(image);
}

function when(isWrong: boolean, problem: string): string[] {
  return isWrong ? [problem] : [];
}
