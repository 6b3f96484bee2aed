import { Command } from '@commander-js/extra-typings';
import { readEnvironment, type Environment } from '../common/environment.ts';
import { projectRoot } from '../common/roots.ts';
import { recover } from '../delivery/recover.ts';
import { requireFree } from '../delivery/history/holder.ts';
import { inTurn } from '../delivery/turn.ts';
import { openStore } from '../store/open-store.ts';
import { alone } from './alone.ts';
import { hasTerminal } from './ask.ts';
import { askToRemove, describeKept, describeLoss, openData, refuseLoss } from './down-data.ts';
import { endStrays } from './end-strays.ts';
import { openEngine, type EngineCall } from './engine-call.ts';
import { requirePassphrase } from './engine-environment.ts';
import { stackOption, waitOption } from './options.ts';
import { UserError } from '../../tools/user-error.ts';
import { npmCommand } from '../common/commands.ts';
import { defaultEnvironment } from '../common/default-environment.ts';
import { checkFlags } from './pulumi-flags.ts';
import { partial, recorded, type Recording } from './recorded.ts';

export const command = new Command('down')
  .description('Stop and remove the system; keep its data.')
  .argument('[flags...]', 'flags of `pulumi destroy`, passed on')
  .addOption(stackOption())
  .addOption(waitOption())
  .option('--data', 'remove the data too, after asking')
  .option('-y, --yes', 'remove the data without asking')
  .allowUnknownOption()
  .action(async (flags, { stack = defaultEnvironment(), wait = false, data = false, yes = false }) => {
    const environment = readEnvironment(stack);
    process.exitCode = await alone('down', stack, wait, () =>
      inTurn(wait, async () => {
        await requireFree(openStore(environment), stack, 'down');
        return down(environment, { flags, wait, data, yes });
      }),
    );
  });

interface Options {
  flags: string[];
  wait: boolean;
  /** Whether to remove the data too. */
  data: boolean;
  /** Whether to remove the data without asking. */
  yes: boolean;
}

/** Destroys the stack, and with `data` its data too. Returns Pulumi's exit code. Throws UserError. */
async function down(environment: Environment, { flags, wait, data: removes, yes }: Options): Promise<number> {
  const stack = environment.name;
  if (removes && flags.length > 0) refuseFlags(stack, flags);
  requirePassphrase(projectRoot(), stack);
  const pulumi = await openEngine(stack);
  await checkFlags(pulumi, { own: command, verb: 'destroy', flags });
  const data = await openData(environment, pulumi);
  const asks = removes && !yes;
  if (asks && !hasTerminal()) refuseLoss(stack, await data.list());
  for (const line of (await inTurn(wait, () => recover(pulumi, environment))) ?? []) console.log(line);
  const found = await data.list();
  if (removes && found.length > 0) {
    console.log(describeLoss(stack, found));
    if (asks) await askToRemove();
  }
  const known = await pulumi.read(['stack', '--stack', stack, '--show-name']);
  const exists = known.code === 0;
  if (!exists) console.log(`Nothing runs: the stack ${stack} does not exist.`);
  const keeps = !removes && found.length > 0;
  const work = async ({ engine, touch }: Pick<Recording, 'engine' | 'touch'>): Promise<number> => {
    const code = exists ? await destroy({ pulumi, engine }, stack, { flags, wait, keeps }) : 0;
    if (code !== 0) return code;
    for (const line of await endStrays(pulumi, environment, [])) console.log(line);
    if (removes) {
      touch();
      await data.remove?.();
    }
    return 0;
  };
  const changesNothing = flags.some((flag) => /^--preview-only(=true)?$/.test(flag));
  const changes = !changesNothing && (exists || (removes && found.length > 0));
  const draft = { command: 'down', ...partial(flags), ...(removes && ({ data: true } as const)) } as const;
  const { code } = changes
    ? await recorded(pulumi, environment, draft, work)
    : { code: await work({ engine: pulumi, touch: () => undefined }) };
  if (code !== 0) return code;
  const line = removes
    ? found.length === 0
      ? `There are no data of ${stack}.`
      : `Removed the data of ${stack}.`
    : describeKept(stack, await data.list());
  if (line !== undefined) console.log(line);
  return 0;
}

/**
 * Throws UserError. With `--preview-only` or `--target`, services keep running, so removing the data of the
 * environment would take data from them.
 */
function refuseFlags(stack: string, flags: string[]): never {
  throw new UserError(
    `\`down --data\` removes all of ${stack} and accepts no Pulumi flags: ${flags.join(' ')}. Nothing was touched. To remove all: ${npmCommand('down', stack, '--data')}`,
  );
}

/**
 * Runs `pulumi destroy` and returns its exit code. With `keeps`, keeps the protected resources: the record of the data
 * and, if the data are resources, those.
 *
 * @param engine runs `pulumi destroy`
 */
async function destroy(
  { pulumi, engine }: { pulumi: EngineCall; engine: EngineCall },
  stack: string,
  { flags, wait, keeps }: Pick<Options, 'flags' | 'wait'> & { keeps: boolean },
): Promise<number> {
  const common = ['--stack', stack, '--yes'];
  const run = (...given: string[]) =>
    inTurn(wait, () => engine.run(['destroy', '--skip-preview', ...given, ...common]));
  if (keeps) {
    // Pulumi rejects `--target` together with `--exclude-protected`. With `--target`, the record is kept anyway.
    const isTargeted = flags.some((flag) => /^(-t|--target(=|$))/.test(flag));
    return run(...(isTargeted ? [] : ['--exclude-protected']), ...flags);
  }
  const code = await inTurn(wait, () => pulumi.run(['state', 'unprotect', '--all', ...common]));
  return code === 0 ? run(...flags) : code;
}
