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
}

/** The user's mistake, not ours: printed without a stack trace, exit code 1. */
export class UserError extends Error {
  override name = 'UserError';
}

/** Every problem of a stack file at once, sorted by file, line and column. */
export class StackError extends UserError {
  override name = 'StackError';
  readonly problems: readonly Problem[];

  constructor(problems: Problem[]) {
    const sorted = problems.toSorted(
      (a, b) =>
        a.file.localeCompare(b.file) ||
        a.line - b.line ||
        a.column - b.column ||
        a.message.localeCompare(b.message),
    );
    super(sorted.map(formatProblem).join('\n'));
    this.problems = sorted;
  }
}

/** `stacks/rota.yaml:12:5  services.api.replicas: …` */
export function formatProblem({ file, line, column, path, message }: Problem): string {
  return `${file}:${line}:${column}  ${path === '' ? '' : `${path}: `}${message}`;
}
