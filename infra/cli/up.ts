import { Command } from '@commander-js/extra-typings';
import { keepRelease } from '../artifacts/keep.ts';
import { openPins } from '../artifacts/open-pins.ts';
import { gatewayArtifact } from '../artifacts/programs.ts';
import { buildRelease } from '../artifacts/release.ts';
import { declaredOf, recordedRelease } from '../delivery/history/declared.ts';
import { lastNumber } from '../delivery/history/hold.ts';
import { recordedConfig } from '../delivery/history/recorded-config.ts';
import { formatDigest } from '../delivery/state/digest/digest.ts';
import { readReviewed, type Reviewed } from '../delivery/state/digest/reviewed.ts';
import { recover } from '../delivery/recover.ts';
import { inTurn } from '../delivery/turn.ts';
import { readEnvironment, stackFilePath, type Environment } from '../common/environment.ts';
import { configCommand, npmCommand } from '../common/commands.ts';
import { projectRoot } from '../common/roots.ts';
import { UserError } from '../../tools/user-error.ts';
import { openStore } from '../store/open-store.ts';
import { defaultEnvironment } from '../common/default-environment.ts';
import { openContext } from '../program/context.ts';
import { handRelease } from '../program/handed-release.ts';
import { handOwner } from '../program/owner.ts';
import { requirePreflight } from '../targets/shared/preflight.ts';
import { alone, runFolder } from './alone.ts';
import { endStrays } from './end-strays.ts';
import { openEngine, type EngineCall } from './engine-call.ts';
import { requirePassphrase } from './engine-environment.ts';
import { ensureStack } from './ensure-stack.ts';
import { stackOption, valueOption, waitOption } from './options.ts';
import { checkFlags } from './pulumi-flags.ts';
import { partial, recorded } from './recorded.ts';
import { requirePolicy } from './require-policy.ts';
import { targetChildren } from './targeted.ts';
import { showEnd, updateDocument, withRefusal } from './up-end.ts';
import { upPlanned } from './up-planned.ts';

export const command = new Command('up')
  .description('Start the system: install missing tools, then run `pulumi up`.')
  .argument('[flags...]', 'flags of `pulumi up`, passed on')
  .addOption(stackOption())
  .addOption(waitOption())
  .addOption(
    valueOption('--plan <preview>', 'deploy only what this preview shows: its digest, or its JSON file'),
  )
  .option('--json', 'print one JSON document at the end; everything else goes to stderr')
  .allowUnknownOption()
  .action(async (flags, { stack = defaultEnvironment(), wait = false, json = false, plan }) => {
    const run = async (ended: () => void): Promise<number> => {
      const environment = readEnvironment(stack);
      const reviewed = plan === undefined ? undefined : readReviewed(plan, stack);
      if (reviewed !== undefined && flags.length > 0) refuseFlags(stack, flags);
      return alone('up', stack, wait, () =>
        inTurn(wait, () => up(environment, { flags, wait, json, reviewed, ended })),
      );
    };
    process.exitCode = json ? await withRefusal(stack, run) : await run(() => undefined);
  });

export interface Options {
  flags: string[];
  /** Whether the flags leave out nothing that differs, so that the record stands for the whole environment. */
  whole?: boolean;
  wait: boolean;
  /** Whether stdout gets one JSON document and nothing else. */
  json: boolean;
  /** The only preview that may be deployed. */
  reviewed: Reviewed | undefined;
  /** Is called once the engine has run. */
  ended: () => void;
}

/** Builds and deploys an environment. Returns Pulumi's exit code. Throws UserError. */
export async function up(environment: Environment, options: Options): Promise<number> {
  const { flags, whole = false, wait, json, reviewed, ended } = options;
  const stack = environment.name;
  const started = new Date();
  const say = json ? console.error : console.log;
  refuseSettings(stack, flags);
  const seen = await lastNumber(openStore(environment), stack, 'up');
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
  await checkFlags(pulumi, { own: command, verb: 'up', flags });
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
    ...(whole ? {} : partial(flags)),
  } as const;
  const done = await recorded(pulumi, environment, draft, async ({ engine, built, configured }) => {
    // The artifacts are built while the stack is prepared.
    const options = {
      root: projectRoot(),
      preview: false,
      containers: target.containers,
      progress: console.error,
      pins: openPins(environment, projectRoot()),
    };
    const [release, repairs] = await Promise.all([
      buildRelease(graph, options).then(async (found) => {
        const kept = await keepRelease(found, openStore(environment), console.error);
        await built(recordedRelease(graph, kept));
        return kept;
      }),
      inTurn(wait, () => prepareStack(pulumi, environment, reviewed)),
    ]);
    for (const line of repairs) say(line);
    const refresh = target.otherProviders;
    const handed = { texts: Object.values(declared.files), release };
    const variables = { ...handRelease(runFolder(stack), context, handed), ...handOwner(projectRoot()) };
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
  const succeeded = done.code === 0;
  const wanted = [...graph.services.map(({ name }) => name), gatewayArtifact];
  if (succeeded) for (const line of await endStrays(pulumi, environment, wanted)) say(line);
  const outputs = await readOutputs(pulumi, stack);
  const tools = target.ownTools?.({ stack: graph.name, environment: stack, service: undefined });
  const end = { ...done, environment: stack, succeeded, outputs, tools };
  if (json) console.log(updateDocument(end));
  else showEnd(end);
  return done.code;
}

/** Throws UserError: a preview is made without flags, and `--target` or `--config` would change what is deployed. */
function refuseFlags(stack: string, flags: string[]): never {
  throw new UserError(
    `\`up --plan\` deploys exactly one preview and accepts no Pulumi flags: ${flags.join(' ')}. Nothing was changed. Without them: ${npmCommand('up', stack, '--plan', '…')}`,
  );
}

/** Throws UserError if a flag sets what `up` reads of the environment's file: the program would deploy what nothing has checked. */
function refuseSettings(stack: string, flags: string[]): void {
  const setting = flags
    .map(
      (flag) =>
        /^(?:-c=?|--config=)?(railhead:(?:stackFile|target|identity|owner|ownMachine|store))=/.exec(
          flag,
        )?.[1],
    )
    .find((name) => name !== undefined);
  if (setting === undefined) return;
  throw new UserError(
    `${setting} cannot be a flag, because \`up\` checks the stack file that Pulumi.${stack}.yaml names. Nothing was changed.\nWrite it there: ${configCommand(stack, setting.replace('railhead:', ''), '<value>')}`,
  );
}

/** Returns whether flags set config: `-c railhead:NAME=value` may set a secret, and `--config-file` all of them. */
function setsConfig(flags: string[]): boolean {
  return flags.some((flag) => /^(-c|--config)/.test(flag));
}

/** Returns the value of `--config-file`, which the engine reads in place of the environment's file. */
function configFileIn(flags: string[]): string | undefined {
  const index = flags.findLastIndex((flag) => /^--config-file(=|$)/.test(flag));
  const [, value = flags[index + 1]] = /^--config-file=(.*)$/.exec(flags[index] ?? '') ?? [];
  return index === -1 ? undefined : value;
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

async function readOutputs(pulumi: EngineCall, stack: string): Promise<unknown> {
  const { code, stdout } = await pulumi.read(['stack', 'output', '--stack', stack, '--json']);
  return code === 0 ? JSON.parse(stdout) : {};
}
