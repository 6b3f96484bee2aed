import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../../tools/user-error.ts';
import { StackError, type Problem } from '../../stack/problem.ts';

/** Returns an error at a key of `Pulumi.<name>.yaml`: `railhead:target`. */
export function settingProblem(
  folder: string,
  environment: string,
  key: string,
  message: string,
): StackError {
  const file = `Pulumi.${environment}.yaml`;
  return new StackError([{ file, ...placeOf(join(folder, file), key), path: key, message }]);
}

/**
 * Returns what is wrong with one side of a comparison. Paths of its temporary folder become paths relative to the project. Throws
 * errors that are no problems of the files.
 */
export function problemsOf(error: unknown, folder: string, environment: string): Problem[] {
  const own = (text: string) => text.replaceAll(`${folder}/`, '').replaceAll(folder, 'the project');
  if (error instanceof StackError) {
    return error.problems.map((problem) => ({ ...problem, message: own(problem.message) }));
  }
  if (error instanceof UserError) {
    const file = `Pulumi.${environment}.yaml`;
    return [{ file, line: 1, column: 1, path: '', message: own(error.message).replace(`${file}: `, '') }];
  }
  throw error;
}

function placeOf(file: string, key: string): { line: number; column: number } {
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
  const index = lines.findIndex((line) => new RegExp(`^\\s*["']?${key}["']?\\s*:`).test(line));
  if (index === -1) return { line: 1, column: 1 };
  return { line: index + 1, column: (lines[index] ?? '').search(/\S/) + 1 };
}
