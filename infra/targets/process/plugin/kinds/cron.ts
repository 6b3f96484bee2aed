import { z } from 'zod';
import type { WorkloadSpec } from '../../supervisor/spec.ts';
import { codeEnvironment } from './environment.ts';
import { codeInputs } from './inputs.ts';
import { workloadKind, workloadSpec } from './workload.ts';

const inputs = codeInputs.extend({
  /** Five fields, UTC. */
  schedule: z.string().min(1),
});

export type CronInputs = z.infer<typeof inputs>;

/** A service that runs at its times; a tick that finds the last one running is passed over. */
export const cron = workloadKind('Cron', inputs, cronSpec);

export function cronSpec(values: CronInputs): WorkloadSpec {
  return workloadSpec(values, {
    artifact: values.artifact,
    command: values.command,
    cwd: values.folder,
    env: codeEnvironment(values),
    replicas: 1,
    timeout: 30,
    restart: values.restart,
    stop: { signal: 'SIGTERM', grace: values.drain },
    cron: values.schedule,
  });
}
