import type { TestContext } from 'vitest';
import { codeNode, graphOf } from '../../../graph/scratch-graph.ts';
import type { GraphService, ServiceGraph } from '../../../graph/types.ts';
import type { CodeService } from '../../../stack/schema.ts';
import { namespaceName, type Scope } from '../scope.ts';

export interface Scratch {
  scope: Scope;
  graph: ServiceGraph;
  service: (name: string) => GraphService;
  code: (name: string) => CodeService;
}

/** Creates a stack `rota` with these services, for tests of the target's pure functions. */
export function scratchStack(t: TestContext, services: string, rest = ''): Scratch {
  const graph = graphOf(t, `name: rota\nservices:\n${services}\n${rest}`);
  const { images } = graph;
  const scope = {
    root: '/clone',
    stack: 'rota',
    environment: 'test',
    namespace: namespaceName(graph),
    images,
    pullSecrets: [],
  };
  const service = (name: string) => {
    const found = graph.services.find((other) => other.name === name);
    if (found === undefined) throw new Error(`there is no service ${name}`);
    return found;
  };
  const code = (name: string) => codeNode(graph, name).config;
  return { scope, graph, service, code };
}
