import * as z from 'zod';
import { fields, oneOf, whole } from '../fields/fields.ts';
import { duration, someTime } from './durations.ts';

export const httpPath = z
  .string('a path, such as /health')
  .regex(/^\/[^\s?#]*$/, 'a path that starts with "/", such as /health');

/**
 * How the replicas of a code service run, as targets receive it: durations in seconds, all defaults filled in. The stack
 * file extends these fields by what users may omit. The provider checks its inputs with them. The supervisor's spec has
 * their types.
 */
export const running = {
  replicas: whole(1, 1000),
  health: fields({ path: httpPath, ready: httpPath }),
  /** A check by a command: a string is run by `/bin/sh -c`, a list directly. */
  check: fields({ command: z.union([z.string().min(1), z.array(z.string()).min(1)]) }),
  /** How long a rollout may take until its replicas are ready. */
  timeout: someTime,
  /** How long a new replica must then stay ready before the rollout counts it. */
  minReady: duration,
  restart: fields({
    policy: oneOf(['on-failure', 'always', 'never']),
    maxRetries: whole(0, 1000),
  }),
  /** Time from the stop signal to SIGKILL. */
  drain: duration,
  /** Absent: SIGTERM; in a container, the STOPSIGNAL of its image if that sets one. */
  stopSignal: oneOf(['SIGTERM', 'SIGINT', 'SIGQUIT', 'SIGHUP', 'SIGUSR1', 'SIGUSR2', 'SIGWINCH']),
  /** Absent: all requests go to a new version as soon as it is ready. */
  canary: fields({
    /** Percentages of the requests that a new version gets one after the other, before it replaces the old one. */
    steps: z.array(whole(1, 100)).min(1),
    /** Limits in percent and milliseconds; `for` is in seconds. */
    analysis: fields({
      errors: z.number().optional(),
      p99: z.number().optional(),
      for: someTime,
      minRequests: whole(0, 1_000_000),
    }),
  }),
};

export type Running = { [Name in keyof typeof running]: z.output<(typeof running)[Name]> };
