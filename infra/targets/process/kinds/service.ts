import * as z from 'zod';
import { makeFolder } from '../../../common/folders.ts';
import { port } from '../../../fields/fields.ts';
import { variableName } from '../../../stack/names.ts';
import { running } from '../../../stack/running.ts';
import type { WorkloadSpec } from '../../../supervisor/spec.ts';
import { codeEnvironment } from './environment.ts';
import { codeInputs } from './inputs.ts';
import { workloadKind, workloadSpec } from './workload.ts';

const inputs = codeInputs.extend({
  /** The private port, balanced over the replicas. Absent if the service does not listen. */
  port: port.optional(),
  /** Further ports, balanced as well. Each replica listens at a different port, which is the value of `variable`. */
  ports: z
    .array(z.strictObject({ variable: variableName, port, protocol: z.enum(['tcp', 'http']) }))
    .optional(),
  /** Addresses for clients outside of the system. They lead to the main port, or to that in `variable`. */
  published: z.array(z.strictObject({ host: z.ipv4(), port, variable: variableName.optional() })).optional(),
  replicas: running.replicas,
  health: running.health.optional(),
  check: running.check.optional(),
  timeout: running.timeout,
  minReady: running.minReady.optional(),
  canary: running.canary.optional(),
  /** Absolute path of a folder that outlives the replica. */
  volume: z.string().startsWith('/').optional(),
  /** Absolute paths of further such folders, which services can share. */
  volumes: z.array(z.string().startsWith('/')).optional(),
});

export type ServiceInputs = z.infer<typeof inputs>;

/** A service that runs all the time. */
export const service = workloadKind('Service', inputs, serviceSpec, ({ volume, volumes = [] }) => {
  for (const folder of [...(volume === undefined ? [] : [volume]), ...volumes]) makeFolder(folder, 0o700);
});

export function serviceSpec(values: ServiceInputs): WorkloadSpec {
  const { host, port } = values;
  const health = values.health ?? values.check;
  return workloadSpec(values, {
    artifact: values.artifact,
    command: values.command,
    cwd: values.folder,
    env: codeEnvironment(values),
    replicas: values.replicas,
    ...(port !== undefined && { listen: { host, port, mode: 'balanced' as const }, health: 'tcp' as const }),
    ...(values.ports !== undefined && { ports: values.ports }),
    ...(values.published !== undefined && { published: values.published }),
    ...(health !== undefined && { health }),
    timeout: values.timeout,
    ...(values.minReady !== undefined && { minReady: values.minReady }),
    ...(values.canary !== undefined && { canary: values.canary }),
    restart: values.restart,
    stop: { signal: values.stopSignal ?? 'SIGTERM', grace: values.drain },
  });
}
