// Here and in imported files, only the needed files of @pulumi/pulumi are imported: the whole package takes 0.3 s
// longer to load.
import { info, warn as logWarning } from '@pulumi/pulumi/log/index.js';
import { isDryRun } from '@pulumi/pulumi/runtime/settings.js';
import { buildRelease } from './artifacts/release.ts';
import { openContext } from './program/context.ts';
import { handedRelease } from './program/handed-release.ts';
import { keepIdentity } from './program/identity.ts';
import { toOutputs, type Outputs } from './program/outputs.ts';
import { newOwner, requireOwn } from './program/owner.ts';
import { reportUserErrors } from './common/report.ts';
import { readSettings, type Settings } from './program/settings.ts';
import { formatProblem } from './stack/problem.ts';
import { Identity } from './targets/shared/generated.ts';
import { requirePreflight } from './targets/shared/preflight.ts';

// Pulumi captures a stack trace for every resource, and its hook would read source maps for 0.3 s. TypeScript runs
// unbuilt here, so traces have the right lines without source maps.
Reflect.deleteProperty(Error, 'prepareStackTrace');

/**
 * Deploys a stack file, one line per phase.
 *
 * @param progress receives a line for each slow step
 * @param warn receives a line for each warning
 * @param checksTarget whether to run the target's preflight checks first
 */
async function program(
  settings: Settings,
  progress: Tell,
  warn: Tell,
  checksTarget: boolean,
): Promise<Outputs> {
  // Pulumi starts the program in infra/; messages contain paths relative to the clone.
  process.chdir(settings.root);
  const { environment, identity: chosen } = settings;
  const context = await openContext({ ...settings, name: environment });
  const { stack, target, graph } = context;
  graph.warnings.map(formatProblem).forEach(warn);
  const held = await settings.held?.();
  const identity = keepIdentity(graph, held, chosen, stack, target);
  const owner = settings.owner ?? held?.owner ?? newOwner(settings.root);
  if (checksTarget) await requirePreflight(target, graph, settings, progress);
  const adopts = held !== undefined || settings.owner !== undefined;
  if (settings.held) await requireOwn(target, graph, settings, { owner, adopts });
  const { containers } = target;
  const options = { root: settings.root, preview: isDryRun(), containers, progress };
  const release = handedRelease(context) ?? (await buildRelease(graph, options));
  const deploy = await target.load();
  const record = new Identity({
    root: settings.root,
    environment,
    stack: identity.stack,
    data: JSON.stringify(identity.data),
    owner,
  });
  return toOutputs(deploy(graph, release, { ...settings, owner: settings.held && record.owner }));
}

type Tell = (line: string) => void;

function tellEngine(line: string): void {
  void info(line, undefined, undefined, true);
}

function warnEngine(line: string): void {
  void logWarning(line);
}

/**
 * The Pulumi program. The engine calls it without arguments; `render` passes its own settings, and then no preflight
 * checks run. Preflight checks run in previews only: a plain `pulumi up` previews first, and `railhead up` has checked
 * already.
 */
export default (settings?: Settings, progress = tellEngine, warn = warnEngine) =>
  reportUserErrors(() =>
    program(settings ?? readSettings(), progress, warn, settings === undefined && isDryRun()),
  );
