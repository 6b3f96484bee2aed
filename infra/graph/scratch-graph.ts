import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { loadStack } from '../stack/load.ts';
import { problemsOf, scratch } from '../stack/scratch.ts';
import { buildGraph } from './graph.ts';
import type { ServiceGraph } from './types.ts';

/** The graph of a stack file with this text, beside a folder `app` with a Dockerfile. Throws StackError. */
export function graphOf(t: TestContext, text: string): ServiceGraph {
  const folder = scratch(t, { 'stack.yaml': text, 'app/Dockerfile': '' });
  return buildGraph(loadStack(join(folder, 'stack.yaml')), 'test');
}

/** The problems of a stack file with this text, one a line, without its name. */
export function check(t: TestContext, text: string): string[] {
  const folder = scratch(t, { 'stack.yaml': text, 'app/': '' });
  const lines = problemsOf(folder, () => buildGraph(loadStack(join(folder, 'stack.yaml')), 'test'));
  return lines.map((line) => line.replace(/^stack\.yaml:/, ''));
}
