import { errorsOf } from '../state/engine-log.ts';
import type { TimedEvent } from './follow.ts';
import { serviceChanges, type ServiceChanges } from './service-changes.ts';
import { stepsOf, type UpdateStep } from './steps.ts';

/** What an update did. */
export interface UpdateSummary extends ServiceChanges {
  steps: UpdateStep[];
  /** What the engine reported, with the last lines of logs. Services can print secrets, so these texts are shown and not kept. */
  problems: string[];
}

/** Returns what an update did. Its first step was the build, if `built` says when that was complete. */
export function summarise(events: readonly TimedEvent[], started: Date, built?: Date): UpdateSummary {
  const start = started.getTime();
  const build = built && ({ what: 'build', from: 0, to: built.getTime() - start } as const);
  return {
    ...serviceChanges(events),
    steps: [...(build ? [build] : []), ...stepsOf(events, start)],
    problems: errorsOf(events).filter((problem) => !/^(update|destroy) failed$/.test(problem)),
  };
}
