import type { WithHoles } from '../../plan/resource.ts';
import { cronOptions } from '../../stack/cron.ts';
import type { CodeService } from '../../stack/schema.ts';
import { environmentArgs } from './environment.ts';
import type { input } from './inputs.ts';
import { podTemplate } from './pod.ts';
import { labels, type Scope } from './scope.ts';
import { startOf, type Program } from './serving.ts';
import { workloadMetadata } from './settings.ts';

/**
 * Seconds after which a tick that has not started is skipped. With less than 200 s the controller would skip other
 * ticks too.
 */
const startingDeadlineSeconds = 200;

/** The settings that all CronJobs share. Runs never overlap. */
export const cronFrame = {
  timeZone: 'Etc/UTC',
  concurrencyPolicy: 'Forbid',
  successfulJobsHistoryLimit: 3,
  failedJobsHistoryLimit: 3,
};

/** Returns the CronJob of a cron service. Without `retries`, `restart` says how often a failed run is repeated. */
export function cronJobArgs(
  scope: Scope,
  service: string,
  config: CodeService & { cron: NonNullable<CodeService['cron']> },
  { image, environment, secret, files }: Program,
) {
  const { policy, maxRetries } = config.restart;
  const { schedule, timezone, retries = policy === 'never' ? 0 : maxRetries } = cronOptions(config.cron);
  const template = podTemplate(scope, service, config, {
    component: 'cron',
    image,
    ...startOf(config),
    environment: environmentArgs(config, image, environment, secret?.name),
    revision: secret?.revision,
    ...(files !== undefined && { files }),
    restartPolicy: 'Never',
    grace: config.drain,
  });
  return {
    metadata: workloadMetadata(scope, service, config, { component: 'cron' }),
    spec: {
      schedule,
      startingDeadlineSeconds,
      ...cronFrame,
      ...(timezone !== undefined && { timeZone: timezone }),
      jobTemplate: {
        metadata: { labels: labels(scope, service, 'cron') },
        spec: { backoffLimit: retries, template },
      },
    } satisfies WithHoles<input.batch.v1.CronJobSpec>,
  };
}
