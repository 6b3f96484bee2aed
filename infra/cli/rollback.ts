import { Command } from '@commander-js/extra-typings';
import { defaultEnvironment } from '../common/default-environment.ts';
import { readEnvironment } from '../common/environment.ts';
import { projectRoot } from '../common/roots.ts';
import { terminalWidth } from '../common/table.ts';
import { changeFiles, reversed } from '../delivery/changed-files.ts';
import { lastNumber, requireUnchanged } from '../delivery/history/hold.ts';
import { planRollback, type Request, type RollbackPlan } from '../delivery/rollback/plan.ts';
import { previewRollback } from '../delivery/rollback/preview.ts';
import { Busy, inTurn } from '../delivery/turn.ts';
import { gitCommand, npmCommand, railheadCommand } from '../common/commands.ts';
import { openStore } from '../store/open-store.ts';
import { requirePreflight } from '../targets/shared/preflight.ts';
import { UserError } from '../../tools/user-error.ts';
import { drawPreview } from '../views/view.ts';
import { alone } from './alone.ts';
import { requireTerminal, requireYes } from './ask.ts';
import { openEngine } from './engine-call.ts';
import { requirePassphrase } from './engine-environment.ts';
import { hasStack } from './ensure-stack.ts';
import { positiveNumber, valueOption, waitOption } from './options.ts';
import { addCommand } from './promote-end.ts';
import { requirePolicy } from './require-policy.ts';
import { update } from './update.ts';

export const command = new Command('rollback')
  .description(
    'Bring back a former update: its artifacts, stack files and plain config. Data and secrets stay.',
  )
  .argument('[env]', 'the environment (default: dev, or the only one)')
  .option('--to <number>', 'the update; by default the last one before what runs', positiveNumber)
  .addOption(valueOption('--with-secrets <names>', 'also give these secrets their former value: NAME,…'))
  .option('--across-migrations', 'also if migrations stay applied that the former release does not have')
  .option('-y, --yes', 'do not ask')
  .addOption(waitOption())
  .action(async (env = defaultEnvironment(), options) => {
    const { to, withSecrets, acrossMigrations = false, yes = false, wait = false } = options;
    const names = withSecrets?.split(',').filter((name) => name !== '') ?? [];
    process.exitCode = await alone('rollback', env, wait, async () => {
      const environment = readEnvironment(env);
      if (!yes)
        requireTerminal(
          'changed',
          `Without a question: ${railheadCommand(undefined, 'rollback', env, '--yes')}`,
        );
      const root = projectRoot();
      const seen = await inTurn(wait, () => lastNumber(openStore(environment), env, 'rollback'));
      const request = { environment, root, to, withSecrets: names, acrossMigrations };
      const plan = await accept(request, { yes, seen });
      if (plan === undefined) return 0;
      const code = await deploy(env, plan, { wait, seen });
      console.log(next(env, plan, code).join('\n'));
      return code;
    });
  });

/** Deploys the files of a rollback. Takes them back if another update holds the environment. Throws UserError. */
async function deploy(
  env: string,
  { target, files }: RollbackPlan,
  { wait, seen }: { wait: boolean; seen: number },
): Promise<number> {
  const rollback = { to: target.number };
  const options = { own: command, flags: [], wait, json: false, reviewed: undefined, rollback, seen };
  try {
    return await update(readEnvironment(env), { ...options, ended: () => undefined });
  } catch (error) {
    if (error instanceof Busy) changeFiles(projectRoot(), env, reversed(files));
    throw error;
  }
}

/** Shows what a rollback would do, asks, and writes its files. Returns undefined if nothing would change. Throws UserError. */
async function accept(
  request: Request,
  { yes, seen }: { yes: boolean; seen: number },
): Promise<RollbackPlan | undefined> {
  const { environment, root, withSecrets } = request;
  const { name, dockerPool } = environment;
  requirePassphrase(root, name);
  return planRollback(request, async (plan) => {
    const { target, files, context } = plan;
    const findings = await requirePolicy(environment, context);
    const pulumi = await openEngine(name);
    if (!(await hasStack(pulumi, name)))
      throw new UserError(`${name} has no stack. Create it: ${npmCommand('up', name)}`);
    const options = { root, environment, findings, withSecrets, progress: console.error };
    const { preview, notes } = await previewRollback(pulumi, plan, options);
    const colours = process.stdout.isTTY && process.stdout.hasColors();
    console.log(`Rollback of ${name} to #${target.number}:\n`);
    console.log(await drawPreview(preview, 'text', { width: terminalWidth(), colours }));
    console.log(notes.join('\n'));
    const isSame = preview.environments.every(({ services, unknown }) => services.length === 0 && !unknown);
    if (files.length === 0 && isSame) return undefined;
    await requirePreflight(
      context.target,
      context.graph,
      { root, environment: name, dockerPool },
      console.error,
    );
    if (!yes) await requireYes('Roll back?', 'changed');
    await requireUnchanged(openStore(environment), name, { command: 'rollback', seen });
    changeFiles(root, name, files);
    return plan;
  });
}

function next(environment: string, { target, files }: RollbackPlan, code: number): string[] {
  return [
    ...(code === 0
      ? []
      : [`The files are those of #${target.number}. Again: ${npmCommand('up', environment)}`]),
    ...(files.length === 0
      ? []
      : [
          '',
          'Next:',
          `  ${addCommand(
            environment,
            files.map(({ path }) => path),
          )}`,
          `  ${gitCommand('commit', '-m', `Roll ${environment} back to #${target.number}`)}`,
        ]),
  ];
}
