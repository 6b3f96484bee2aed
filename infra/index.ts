import { runtime } from '@pulumi/pulumi';
import { buildRelease } from './artifacts/release.ts';
import { buildGraph } from './graph/graph.ts';
import { toOutputs, type Outputs } from './outputs.ts';
import { reportUserErrors } from './report.ts';
import { readSettings } from './settings.ts';
import { loadStack } from './stack/load.ts';
import { chooseTarget } from './targets/index.ts';

/** From a stack file to running services, one line a phase. */
async function program(): Promise<Outputs> {
  const settings = readSettings();
  // Pulumi starts the program in this folder; messages name files as people see them, from the clone.
  process.chdir(settings.root);
  const stack = loadStack(settings.stackFile);
  const graph = buildGraph(stack, settings.environment);
  const target = chooseTarget(settings.target, graph, stack);
  const release = await buildRelease(graph, { root: settings.root, preview: runtime.isDryRun() });
  const deploy = await target.load();
  return toOutputs(deploy(graph, release, settings));
}

export default () => reportUserErrors(program);
