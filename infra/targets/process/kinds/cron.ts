import * as z from 'zod';
import type { WorkloadSpec } from '../../../supervisor/spec.ts';
import { codeEnvironment } from './environment.ts';
import { codeInputs } from './inputs.ts';
import { workloadKind, workloadSpec } from './workload.ts';

const inputs = codeInputs.extend({
  /** A schedule with five fields. */
  schedule: z.string().min(1),
  /** The time zone of the schedule. Absent: UTC. */
  timezone: z.string().min(1).optional(),
  /** How often a failed run is repeated. Absent: 0. */
  retries: z.int().min(0).optional(),
});

export type CronInputs = z.infer<typeof inputs>;

/** A service that runs on a schedule. A tick is skipped if the previous run has not ended. */
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
    stop: { signal: values.stopSignal ?? 'SIGTERM', grace: values.drain },
    cron: values.schedule,
    ...(values.timezone !== undefined && { timezone: values.timezone }),
    ...(values.retries !== undefined && { retries: values.retries }),
  });
}
