import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'vitest';
import { stringify } from 'yaml';
import { noSecrets } from '../../infra/delivery/render/secrets.ts';
import { writeFiles } from '../../infra/delivery/render/write.ts';
import { fillPlan } from '../../infra/delivery/render/filled.ts';
import { buildGraph } from '../../infra/graph/graph.ts';
import { ResourceList } from '../../infra/plan/resource.ts';
import { loadStack } from '../../infra/stack/load.ts';
import { scratch } from '../../infra/stack/scratch.ts';
import { planDocker } from '../../infra/targets/docker/index.ts';
import { renderCompose } from '../../infra/targets/docker/render/compose.ts';
import { dockerTarget } from '../../infra/targets/docker/target.ts';
import { docker, removeLeftovers } from '../../infra/targets/docker/testing/daemon.ts';
import { environment } from '../../infra/targets/testing/system.ts';
import { capture } from '../../tools/command.ts';
import { composeCommand } from '../../tools/testing/compose.ts';

type Fields = Record<string, unknown>;

/** Starts services that run images without ports, as `render` writes them. Returns the ids of their containers. */
export async function startComposed(
  t: TestContext,
  name: string,
  services: Record<string, Fields>,
  files: Record<string, string> = {},
): Promise<(service: string) => string> {
  const folder = scratch(t, { ...files, 'stack.yaml': stringify({ name, services }) });
  const graph = buildGraph(loadStack(join(folder, 'stack.yaml')), environment, { target: dockerTarget });
  const resources = new ResourceList();
  const context = { root: folder, environment, keyGeneration: 1, dockerPool: undefined, resources };
  planDocker(graph, {}, context);
  writeFiles(folder, renderCompose(fillPlan(resources.all, noSecrets), false, folder), true);
  t.onTestFinished(() => {
    removeLeftovers({ stack: name, environment });
    rmSync(folder, { recursive: true, force: true });
  });
  const up = [...composeCommand()!, '--file', join(folder, 'compose.yaml'), 'up', '--detach'];
  const { code, problem } = await capture(up[0]!, up.slice(1));
  if (code !== 0) throw new Error(problem);
  return (service) => {
    const filters = [`railhead.stack=${name}`, `railhead.service=${service}`];
    const flags = filters.flatMap((label) => ['--filter', `label=${label}`]);
    return docker('ps', '--all', '--quiet', '--no-trunc', ...flags).trim();
  };
}
