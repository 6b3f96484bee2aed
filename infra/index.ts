// Such files alone, here and below: the whole of @pulumi/pulumi takes 0.3 s longer to load.
import { info, warn as logWarning } from '@pulumi/pulumi/log/index.js';
import { isDryRun } from '@pulumi/pulumi/runtime/settings.js';
import { buildRelease } from './artifacts/release.ts';
import { buildGraph } from './graph/graph.ts';
import { keepIdentity } from './identity.ts';
import { toOutputs, type Outputs } from './outputs.ts';
import { reportUserErrors } from './report.ts';
import { readSettings, type Settings } from './settings.ts';
import { loadStack } from './stack/load.ts';
import { formatProblem } from './stack/problem.ts';
import { Identity } from './targets/generated.ts';
import { chooseTarget } from './targets/index.ts';
import { requirePreflight } from './targets/preflight.ts';

// Pulumi takes the stack of every resource and would read source maps for it, for 0.3 s; here lines are what is written.
Reflect.deleteProperty(Error, 'prepareStackTrace');

/**
 * From a stack file to running services, one line a phase. `progress` gets a line for what takes long, `warn` one for
 * each warning. `looks`: whether it is looked at first what the target needs.
 */
async function program(settings: Settings, progress: Tell, warn: Tell, looks: boolean): Promise<Outputs> {
  // Pulumi starts the program in this folder; messages name files as people see them, from the clone.
  process.chdir(settings.root);
  const stack = loadStack(settings.stackFile);
  const target = chooseTarget(settings.target);
  const { environment, secrets, identity: chosen } = settings;
  const graph = buildGraph(stack, environment, { target, secrets, identity: chosen });
  graph.warnings.map(formatProblem).forEach(warn);
  const identity = keepIdentity(graph, await settings.held(), chosen, stack);
  if (looks) await requirePreflight(target, graph, settings, progress);
  const { containers } = target;
  const release = await buildRelease(graph, {
    root: settings.root,
    preview: isDryRun(),
    containers,
    progress,
  });
  const deploy = await target.load();
  new Identity({
    root: settings.root,
    environment,
    stack: identity.stack,
    data: JSON.stringify(identity.data),
  });
  return toOutputs(deploy(graph, release, settings));
}

type Tell = (line: string) => void;

function tellEngine(line: string): void {
  void info(line, undefined, undefined, true);
}

function warnEngine(line: string): void {
  void logWarning(line);
}

/**
 * The engine calls it without arguments, `render` with settings of its own, and without whatever they are for. A preview
 * comes before the first resource of any `up` but ours, which has looked already.
 */
export default (settings?: Settings, progress = tellEngine, warn = warnEngine) =>
  reportUserErrors(() =>
    program(settings ?? readSettings(), progress, warn, settings === undefined && isDryRun()),
  );
