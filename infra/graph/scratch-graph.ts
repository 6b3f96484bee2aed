import { join } from 'node:path';
import type { TestContext } from 'vitest';
import { loadStack } from '../stack/load.ts';
import { problemsOf, scratch } from '../stack/scratch.ts';
import { buildGraph } from './graph.ts';
import type { CheckedGraph, CodeNode, ServiceGraph } from './types.ts';

/** Programs that the services of tests run. */
const programs = { 'app/main.ts': '', 'app/migrate.ts': '' };

/** Builds the graph of this stack file, next to a folder `app` with a Dockerfile and programs. Throws StackError. */
export function graphOf(t: TestContext, text: string): CheckedGraph {
  const folder = scratch(t, { 'stack.yaml': text, 'app/Dockerfile': '', ...programs });
  return buildGraph(loadStack(join(folder, 'stack.yaml')), 'test');
}

/** Returns a service of the graph that runs code. */
export function codeNode({ services }: Pick<ServiceGraph, 'services'>, name: string): CodeNode {
  const found = services.find((service) => service.name === name);
  if (found?.form !== 'code') throw new Error(`${name} is not a code service`);
  return found;
}

/** Returns the problems of a stack file with this text, one per line, without the file name. */
export function check(t: TestContext, text: string): string[] {
  const folder = scratch(t, { 'stack.yaml': text, ...programs });
  const lines = problemsOf(folder, () => buildGraph(loadStack(join(folder, 'stack.yaml')), 'test'));
  return lines.map((line) => line.replace(/^stack\.yaml:/, ''));
}
