import { runtime } from '@pulumi/pulumi';
import { buildRelease } from './artifacts/release.ts';
import { buildGraph } from './graph/graph.ts';
import { toOutputs } from './outputs.ts';
import { reportUserErrors } from './report.ts';
import { readSettings } from './settings.ts';
import { loadStack } from './stack/load.ts';
import { loadTarget } from './targets/index.ts';

export const { url, services } = await reportUserErrors(async () => {
  const settings = readSettings();
  // Pulumi starts the program in this folder; messages name files as people see them, from the clone.
  process.chdir(settings.root);
  const stack = loadStack(settings.stackFile);
  const graph = buildGraph(stack, settings.environment);
  const target = await loadTarget(settings.target, graph);
  const release = await buildRelease(graph, { root: settings.root, preview: runtime.isDryRun() });
  const deployment = target.deploy(graph, release, settings);
  return toOutputs(deployment);
});
