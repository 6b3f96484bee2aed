import { UserError } from '../../tools/user-error.ts';
import { compareTexts } from '../common/compare-texts.ts';
import { formatPlace } from './tree.ts';

/** A problem of a stack file: its place, and how to fix it. Lines and columns count from 1. */
export interface Problem {
  /** Path in the form that the user wrote, relative to the current folder. */
  file: string;
  line: number;
  column: number;
  /** Dotted path of the key, such as `services.api.replicas`; empty for the file as a whole. */
  path: string;
  /** Quotes the value, says what is wrong, then what would be right. */
  message: string;
  /** Marks a warning: it is shown and counted, but stops nothing. */
  warning?: true;
  /** Environments that have the problem; absent if it does not depend on the environment. */
  environments?: ProblemEnvironment[];
  /** Commands that fix the problem, one for each environment; absent if the user has to edit the file. */
  commands?: string[];
}

export interface ProblemEnvironment {
  name: string;
  target: string;
}

/** Contains all problems of a stack file, warnings included, sorted by file, line and column. */
export class StackError extends UserError {
  override name = 'StackError';
  readonly problems: readonly Problem[];

  /** @param end what follows from the problems, as the last lines of the message */
  constructor(problems: Problem[], end: readonly string[] = []) {
    const sorted = sortProblems(problems);
    super([...formatProblems(sorted), ...end].join('\n'));
    this.problems = sorted;
  }
}

export function sortProblems(problems: Problem[]): Problem[] {
  return problems.toSorted(
    (a, b) =>
      compareTexts(a.file, b.file) ||
      a.line - b.line ||
      a.column - b.column ||
      compareTexts(a.message, b.message),
  );
}

/** Formats problems, one per line, followed by the commands that fix them. */
export function formatProblems(problems: readonly Problem[]): string[] {
  const commands = [...new Set(problems.flatMap((problem) => problem.commands ?? []))];
  const next = commands.length === 0 ? [] : ['', 'Next:', ...commands.map((command) => `  ${command}`)];
  return [...problems.map(formatProblem), ...next];
}

/** Formats a problem: `stacks/rota.yaml:12:5  services.api.replicas: … (environment docker, target docker)`. */
export function formatProblem(problem: Problem): string {
  const { path, message, warning, environments } = problem;
  const kind = warning ? 'warning: ' : '';
  const place = path === '' ? '' : `${path}: `;
  return `${formatPlace(problem)}  ${kind}${place}${message}${formatEnvironments(environments)}`;
}

function formatEnvironments(environments: ProblemEnvironment[] = []): string {
  const targets = Map.groupBy(environments, ({ target }) => target);
  const groups = [...targets].map(([target, group]) => {
    const names = group.map(({ name }) => name).join(', ');
    return `environment${group.length === 1 ? '' : 's'} ${names}, target ${target}`;
  });
  return groups.length === 0 ? '' : ` (${groups.join('; ')})`;
}
