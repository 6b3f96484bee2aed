import { errorsOf } from '../state/engine-log.ts';
import type { Observed } from './observe.ts';
import { serviceChanges, type ServiceChanges } from './service-changes.ts';
import { stepsOf, type UpdateStep } from './steps.ts';

/** What an update did. */
export interface UpdateSummary extends ServiceChanges {
  steps: UpdateStep[];
  /** What the engine reported, with the last lines of logs. Services can print secrets, so these texts are shown and not kept. */
  problems: string[];
}

/** Returns what an update did, of which the build was the first step. */
export function summarise(
  { events }: Pick<Observed<never>, 'events'>,
  build: { from: Date; to: Date },
): UpdateSummary {
  const start = build.from.getTime();
  return {
    ...serviceChanges(events),
    steps: [{ what: 'build', from: 0, to: build.to.getTime() - start }, ...stepsOf(events, start)],
    problems: errorsOf(events).filter((problem) => !/^(update|destroy) failed$/.test(problem)),
  };
}
