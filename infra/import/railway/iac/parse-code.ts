import { SourceMap, type SourceMapPayload } from 'node:module';
import type { Node, Program } from 'acorn';
import { StackError } from '../../../stack/problem.ts';
import type { Place } from '../../../stack/tree.ts';

/** A program of TypeScript, which is parsed and not run. */
export interface Code {
  program: Program;
  /** Returns the place of a node in the file. */
  placeOf: (node: Node) => Place;
}

/** Parses TypeScript. Throws StackError. */
export async function parseCode(text: string, file: string): Promise<Code> {
  const [{ parse }, { code, map }] = await Promise.all([import('acorn'), withoutTypes(text, file)]);
  const origins = new SourceMap(JSON.parse(map) as SourceMapPayload);
  const originOf = ({ line, column } = { line: 1, column: 0 }): Place => {
    const entry = origins.findEntry(line - 1, column);
    const isKnown = 'originalLine' in entry;
    return {
      file,
      line: isKnown ? entry.originalLine + 1 : 1,
      column: isKnown ? entry.originalColumn + 1 : 1,
    };
  };
  try {
    const program = parse(code, { ecmaVersion: 'latest', sourceType: 'module', locations: true });
    return { program, placeOf: ({ loc }) => originOf(loc?.start) };
  } catch (error) {
    // esbuild accepts syntax that acorn does not, such as decorators.
    if (!(error instanceof SyntaxError)) throw error;
    const place = originOf((error as { loc?: { line: number; column: number } }).loc);
    throw new StackError([{ ...place, path: '', message: error.message.replace(/ \(\d+:\d+\)$/, '') }]);
  }
}

/** Removes the types. The source map says where each part was. */
async function withoutTypes(text: string, sourcefile: string) {
  const { transform } = await import('esbuild');
  try {
    return await transform(text, {
      ...{ loader: 'ts', target: 'esnext', charset: 'utf8', sourcemap: 'external', sourcefile },
      ...{ logLevel: 'silent', sourcesContent: false },
    });
  } catch (error) {
    const [{ location = null, text: message } = { text: String(error) }] =
      (error as { errors?: { text: string; location?: { line: number; column: number } | null }[] }).errors ??
      [];
    const place = { file: sourcefile, line: location?.line ?? 1, column: (location?.column ?? 0) + 1 };
    throw new StackError([{ ...place, path: '', message }]);
  }
}
