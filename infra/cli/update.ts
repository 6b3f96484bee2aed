import type { KeyObject } from 'node:crypto';
import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { keepRelease } from '../artifacts/keep.ts';
import { keepSboms } from '../artifacts/keep-sboms.ts';
import { openPins } from '../artifacts/open-pins.ts';
import { gatewayArtifact } from '../artifacts/programs.ts';
import { buildRelease } from '../artifacts/release.ts';
import { signArtifacts } from '../artifacts/sign.ts';
import { declaredOf, recordedRelease } from '../delivery/history/declared.ts';
import { lastNumber } from '../delivery/history/hold.ts';
import { recordedConfig } from '../delivery/history/recorded-config.ts';
import type { HistoryRecord, RecordedRelease } from '../delivery/history/record.ts';
import { formatDigest } from '../delivery/state/digest/digest.ts';
import type { Reviewed } from '../delivery/state/digest/reviewed.ts';
import { recover } from '../delivery/recover.ts';
import { inTurn } from '../delivery/turn.ts';
import { npmCommand, pulumiCommand } from '../common/commands.ts';
import { stackFilePath, type Environment } from '../common/environment.ts';
import { projectRoot } from '../common/roots.ts';
import { hasRelease } from '../releases/load.ts';
import { openStore } from '../store/open-store.ts';
import { signingKey } from '../store/signature.ts';
import { openContext, type Context } from '../program/context.ts';
import { handRelease } from '../program/handed-release.ts';
import { lockSnapshot } from '../program/locked-snapshot.ts';
import { handOwner } from '../program/owner.ts';
import { requirePreflight } from '../targets/shared/preflight.ts';
import { Warnings } from './after-update.ts';
import { runFolder } from './alone.ts';
import { configFileIn, setsConfig } from './config-flags.ts';
import { endStrays } from './end-strays.ts';
import { openEngine, type EngineCall } from './engine-call.ts';
import { requirePassphrase } from './engine-environment.ts';
import { ensureStack } from './ensure-stack.ts';
import { checkFlags } from './pulumi-flags.ts';
import { partial, recorded } from './recorded.ts';
import { rollBackFailed } from './roll-back-failed.ts';
import { requirePolicy } from './require-policy.ts';
import { readOutputs } from './stack-outputs.ts';
import { targetChildren } from './targeted.ts';
import { getSecret } from './secret-config.ts';
import { settingsOfFailed } from './failed-settings.ts';
import { showEnd, updateDocument, type UpdateEnd } from './up-end.ts';
import { upPlanned } from './up-planned.ts';

interface Options {
  /** The command that runs, which has flags of its own. */
  own: CommandUnknownOpts;
  /** Flags of Pulumi. */
  flags: string[];
  /** Whether the flags leave out nothing that differs, so that the record stands for the whole environment. */
  whole?: boolean;
  wait: boolean;
  /** Whether stdout gets one JSON document and nothing else. */
  json: boolean;
  /** The only preview that may be deployed. */
  reviewed: Reviewed | undefined;
  /** The hash of the only snapshot that may be deployed; absent if there is no such limit. */
  snapshot?: string | undefined;
  /** The former update that comes back, if this is a rollback. */
  rollback?: HistoryRecord['rollback'];
  /** The number of the last record when the command read the files. Default: the last one now. */
  seen?: number;
  /** Is called once the engine has run. */
  ended: () => void;
}

/** Builds and deploys an environment, and shows how that ended. Returns Pulumi's exit code. Throws UserError. */
export async function update(environment: Environment, options: Options): Promise<number> {
  const { json, flags, rollback } = options;
  const key = signingKey();
  const { context, end, unsigned, warnings } = await deploy(environment, options, key);
  if (!json) showEnd(end);
  const rollsBack = context.stack.stack.onFailure === 'rollback' && rollback === undefined;
  const isFailed = end.outcome === 'failed' && end.failed.length > 0;
  if (rollsBack && isFailed && !partial(flags).partial) {
    await rollBackFailed(environment, { context, failed: end }, async (to) => {
      const configFile = configFileIn(flags);
      const kept = configFile === undefined ? [] : ['--config-file', configFile];
      const back = {
        ...options,
        flags: kept,
        reviewed: undefined,
        snapshot: undefined,
        rollback: to,
        seen: end.number,
      };
      const again = await deploy(environment, back, key);
      if (!json) showEnd(again.end);
      return again.end.code;
    });
  }
  if (json) console.log(updateDocument({ ...end, problems: [...end.problems, ...unsigned, ...warnings] }));
  for (const problem of [...unsigned, ...warnings]) console.error(problem);
  return end.code === 0 && unsigned.length > 0 ? 1 : end.code;
}

async function deploy(
  environment: Environment,
  options: Options,
  key: KeyObject | undefined,
): Promise<{ context: Context; end: UpdateEnd; unsigned: string[]; warnings: string[] }> {
  const { own, flags, whole = false, wait, json, reviewed, snapshot, rollback, ended } = options;
  const stack = environment.name;
  const started = new Date();
  const say = json ? console.error : console.log;
  const seen = options.seen ?? (await lastNumber(openStore(environment), stack, 'up'));
  // Problems of the stack file are reported before anything is downloaded.
  const context = await openContext({
    ...environment,
    stackFile: stackFilePath(environment),
    secrets: setsConfig(flags) ? undefined : environment.secrets,
  });
  const { target, graph } = context;
  const configPlace = { root: projectRoot(), configFile: configFileIn(flags) };
  const declared = declaredOf(environment, graph, configPlace);
  const findings = await requirePolicy(environment, context);
  requirePassphrase(projectRoot(), stack);
  const pulumi = await openEngine(stack, json ? 'stderr' : 'stdout');
  await checkFlags(pulumi, { own, verb: 'up', flags });
  say(`Pulumi ${pulumi.engine.version}, ${pulumi.engine.origin}`);
  const place = { root: projectRoot(), environment: stack, dockerPool: environment.dockerPool };
  await requirePreflight(target, graph, place, console.error);
  await target.installs?.ensure(graph, console.error);
  const draft = {
    command: 'up',
    started,
    seen,
    declared,
    ...(reviewed && { plan: formatDigest(reviewed.digest) }),
    ...(rollback && { rollback }),
    ...(whole ? {} : partial(flags)),
  } as const;
  const done = await recorded(pulumi, environment, draft, async ({ engine, built, configured }) => {
    // The artifacts are built while the stack is prepared.
    const pins = openPins(environment, projectRoot());
    const prepared = inTurn(wait, () => prepareStack(pulumi, environment, reviewed));
    const options = {
      root: projectRoot(),
      preview: false,
      containers: target.containers,
      progress: console.error,
      pins,
      // Pulumi reads config of a stack that exists.
      secretOf: (name: string) => prepared.then(() => getSecret(pulumi, stack, name)),
    };
    const [release, repairs] = await Promise.all([
      buildRelease(graph, options).then(async (found) => {
        const store = openStore(environment);
        const kept = await keepRelease(found, store, console.error);
        await keepSboms(found, projectRoot(), store);
        await built(recordedRelease(graph, kept));
        return kept;
      }),
      prepared,
    ]);
    for (const line of repairs) say(line);
    const refresh = target.otherProviders;
    const handed = { texts: Object.values(declared.files), release };
    const variables = {
      ...handRelease(runFolder(stack), context, handed),
      ...handOwner(projectRoot()),
      ...(snapshot !== undefined && lockSnapshot(snapshot)),
    };
    return inTurn(wait, async () => {
      if (reviewed !== undefined) {
        const options = { ...place, refresh, variables, progress: console.error };
        return upPlanned(engine, reviewed, { ...context, findings }, options);
      }
      const given = await targetChildren(pulumi, { stack, flags, variables });
      const always = ['--stack', stack, '--yes', '--skip-preview'];
      const code = await engine.run(
        ['up', ...always, ...(refresh ? ['--refresh'] : []), ...given],
        variables,
      );
      if (setsConfig(flags)) configured({ ...declared, config: recordedConfig(stack, configPlace) });
      return code;
    });
  });
  ended();
  // The digest of an image is known once it is pushed.
  const unsigned = await sign(environment, done.release, key);
  const succeeded = done.code === 0;
  const warnings = new Warnings();
  const wanted = [...graph.services.map(({ name }) => name), gatewayArtifact];
  const stopped = await warnings.collect(
    () => (succeeded ? endStrays(pulumi, environment, wanted) : Promise.resolve([])),
    {
      what: `What a killed run of ${stack} has left running was not all stopped`,
      next: `To stop it: ${npmCommand('up', stack)}`,
      otherwise: [],
    },
  );
  for (const line of stopped) say(line);
  // A call of the CLI takes half a second.
  const reported = succeeded ? done.outputs : undefined;
  const outputs = await warnings.collect(async () => reported ?? (await readOutputs(pulumi, stack)), {
    what: `The outputs of ${stack} cannot be read`,
    next: `To see them: ${pulumiCommand(stack, 'stack', 'output')}`,
    otherwise: {},
  });
  const tools = target.ownTools?.({ stack: graph.name, environment: stack, service: undefined });
  return {
    context,
    end: { ...done, environment: stack, succeeded, outputs, tools },
    unsigned,
    warnings: [...warnings.lines, ...settingsOfFailed(context.stack, done.failed)],
  };
}

/** Signs what was built. What a release file names was built elsewhere. Returns problems, which do not undo the update. */
async function sign(
  environment: Environment,
  release: RecordedRelease,
  key: KeyObject | undefined,
): Promise<string[]> {
  const { name } = environment;
  try {
    if (hasRelease(name, projectRoot())) return [];
    const built = Object.values(release).filter(({ hash }) => hash !== undefined);
    await signArtifacts(built, openStore(environment), key);
    return [];
  } catch (error) {
    const { message } = error as Error;
    return [
      `The artifacts of ${name} are not all signed: ${message}\nTo sign them: ${npmCommand('up', name)}`,
    ];
  }
}

/** Creates the stack, unless a plan has to be compared first. Returns one line for each repair of the state. */
async function prepareStack(
  pulumi: EngineCall,
  environment: Environment,
  reviewed: Reviewed | undefined,
): Promise<string[]> {
  const repairs = await recover(pulumi, environment);
  if (reviewed === undefined) await ensureStack(pulumi, environment.name);
  return repairs ?? [];
}
