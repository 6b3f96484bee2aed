/** One thing that is wrong, where it is, and what would be right. Lines and columns count from 1. */
export interface Problem {
  /** As the user named it, relative to the current folder. */
  file: string;
  line: number;
  column: number;
  /** Dotted path of the key, such as `services.api.replicas`; empty for the file as a whole. */
  path: string;
  /** What is wrong with the value quoted, then what would be right. */
  message: string;
  /** Shown and counted, but nothing stops because of it. */
  warning?: true;
  /** Where the problem exists; absent where it does not depend on the environment. */
  environments?: ProblemEnvironment[];
  /** What to type, one for each environment; absent where the file has to be edited. */
  commands?: string[];
}

export interface ProblemEnvironment {
  name: string;
  target: string;
}

/** The user's mistake, not ours: printed without a stack trace, exit code 1. */
export class UserError extends Error {
  override name = 'UserError';
}

/** Every problem of a stack file at once, warnings included, sorted by file, line and column. */
export class StackError extends UserError {
  override name = 'StackError';
  readonly problems: readonly Problem[];

  constructor(problems: Problem[]) {
    const sorted = sortProblems(problems);
    super(formatProblems(sorted).join('\n'));
    this.problems = sorted;
  }
}

export function sortProblems(problems: Problem[]): Problem[] {
  return problems.toSorted(
    (a, b) =>
      a.file.localeCompare(b.file) ||
      a.line - b.line ||
      a.column - b.column ||
      a.message.localeCompare(b.message),
  );
}

/** One line each, then the commands that mend them. */
export function formatProblems(problems: readonly Problem[]): string[] {
  const commands = [...new Set(problems.flatMap((problem) => problem.commands ?? []))];
  const next = commands.length === 0 ? [] : ['', 'Next:', ...commands.map((command) => `  ${command}`)];
  return [...problems.map(formatProblem), ...next];
}

/** `stacks/rota.yaml:12:5  services.api.replicas: … (environment docker, target docker)` */
export function formatProblem({ file, line, column, path, message, warning, environments }: Problem): string {
  const kind = warning ? 'warning: ' : '';
  const place = path === '' ? '' : `${path}: `;
  return `${file}:${line}:${column}  ${kind}${place}${message}${formatEnvironments(environments)}`;
}

function formatEnvironments(environments: ProblemEnvironment[] = []): string {
  const targets = Map.groupBy(environments, ({ target }) => target);
  const groups = [...targets].map(([target, group]) => {
    const names = group.map(({ name }) => name).join(', ');
    return `environment${group.length === 1 ? '' : 's'} ${names}, target ${target}`;
  });
  return groups.length === 0 ? '' : ` (${groups.join('; ')})`;
}
