import { npmCommand } from './commands.ts';
import { UserError } from '../../tools/user-error.ts';

/** Lines of a log that a message shows. */
export const shownLines = 20;

/** Follows the exit code of a process that the kernel has ended. */
export const outOfMemory = ', as it needed more memory than its limit';

export interface RolloutFailure {
  /** Follows "did not get ready: ", without a full stop. */
  reason: string;
  /** What a health check reported. */
  check?: string | undefined;
  hint?: string | undefined;
  /** Last lines of the log. */
  log: string[];
  /** Whether replicas of the previous deployment run. */
  stillServes: boolean;
  /** Command that shows more. */
  next: string;
}

/** Creates the error of a failed rollout; it has the same form on every target. */
export function rolloutError(service: string, failure: RolloutFailure): UserError {
  const { reason, check, hint, log, stillServes, next } = failure;
  return new UserError(
    [
      `${service} did not get ready: ${reason}.`,
      ...(check === undefined ? [] : [`Failed check: ${check}`]),
      ...hintLine(hint),
      ...(log.length === 0 ? [] : ['Last lines of its log:', ...indented(log)]),
      ...(stillServes ? ['The replicas of the previous deployment still serve.'] : []),
      `Next: ${next}`,
    ].join('\n'),
  );
}

export interface RunFailure {
  environment: string;
  /** `preDeploy of api ended with exit code 1` */
  what: string;
  /** Whether a service that runs once has failed, and not a `preDeploy`. */
  isService: boolean;
  hint?: string | undefined;
  log: string[];
  /** Command that shows more; absent where the message shows all that is kept. */
  next?: string;
}

/** Returns the name of a run in messages: `preDeploy of api`, or `api` for a service that runs once. */
export function runName(service: string, isService: boolean): string {
  return isService ? service : `preDeploy of ${service}`;
}

/** Returns the message of a command or a service that runs once and has failed. */
export function runFailure({ environment, what, isService, hint, log, next }: RunFailure): string {
  const rest = isService
    ? 'The services that wait for it are unchanged.'
    : 'The version that ran before is unchanged.';
  return [
    `${what}. ${rest}`,
    ...hintLine(hint),
    ...(log.length === 0
      ? ['The command printed nothing.']
      : ['Last lines of its output:', ...indented(log)]),
    `The command runs again with the next ${npmCommand('up', environment)}`,
    ...(next === undefined ? [] : [`Next: ${next}`]),
  ].join('\n');
}

/** Returns the last lines that are not empty. */
export function lastLines(text: string): string[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(-shownLines);
}

function hintLine(hint: string | undefined): string[] {
  return hint === undefined ? [] : [`Hint: ${hint}`];
}

function indented(lines: string[]): string[] {
  return lines.map((line) => `  ${line}`);
}
