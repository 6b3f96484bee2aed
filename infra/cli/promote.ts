import { writeFileSync } from 'node:fs';
import { Argument, Command } from '@commander-js/extra-typings';
import type { PreviewDocument } from '../changes/model.ts';
import { railheadCommand } from '../common/commands.ts';
import { readEnvironment } from '../common/environment.ts';
import { projectRoot } from '../common/roots.ts';
import { terminalWidth } from '../common/table.ts';
import { changeFiles, type FileChange } from '../delivery/changed-files.ts';
import { promotionMessage } from '../delivery/notify/notification.ts';
import { notify, webhookKeyName } from '../delivery/notify/notify.ts';
import { branchProblems, commitFile } from '../delivery/promotion/branch.ts';
import { withoutRollback } from '../delivery/restore/files.ts';
import type { PromotionDocument } from '../delivery/promotion/document.ts';
import { unseenProblems } from '../delivery/promotion/migrations.ts';
import { promote, refusal, type Promotion } from '../delivery/promotion/promote.ts';
import { bodyOf, branchOf, messageOf, titleOf } from '../delivery/promotion/pull-request.ts';
import { changesFor } from '../delivery/promotion/write.ts';
import { formatRelease } from '../releases/format.ts';
import { signingKey } from '../store/signature.ts';
import { UserError } from '../../tools/user-error.ts';
import { drawPreview } from '../views/view.ts';
import { requireTerminal, requireYes } from './ask.ts';
import { openEngine } from './engine-call.ts';
import { valueOption } from './options.ts';
import { describePlanned, describeProposed, describeUnchanged, describeWritten } from './promote-end.ts';
import { previewPromotion } from './promotion-preview.ts';
import { getSecret } from './secret-config.ts';

export const command = new Command('promote')
  .description('Write the release file of an environment with exactly the artifacts that another one runs.')
  .addArgument(new Argument('<from>', 'the environment that runs the artifacts'))
  .addArgument(new Argument('<to>', 'the environment that gets them'))
  .addOption(
    valueOption(
      '--only <services>',
      'promote these services, such as api,web; the rest of the release stays',
    ),
  )
  .option('--allow-downgrade', 'also a release that is older than the one of <to>')
  .option('--across-migrations', 'also without a preview, if migrations come with the artifacts')
  .option('--pr', 'commit the file on a new branch for a pull request, and write nothing to the working tree')
  .addOption(valueOption('--body-file <file>', 'with --pr: write the body of the pull request to a file'))
  .option('-y, --yes', 'write without asking')
  .option('--json', 'print one JSON document; everything else goes to stderr. Needs --yes')
  .action(async (from, to, { bodyFile, pr = false, only, ...rest }) => {
    if (bodyFile !== undefined && !pr) throw new UserError('--body-file needs --pr.');
    if (rest.json && !rest.yes) throw new UserError('--json needs --yes: there is no terminal to ask on.');
    const names = only?.split(',').map((name) => name.trim());
    await run({ from, to, only: names, pr, bodyFile, ...rest });
  });

interface Options {
  from: string;
  to: string;
  only: string[] | undefined;
  allowDowngrade?: true;
  acrossMigrations?: true;
  pr: boolean;
  bodyFile: string | undefined;
  yes?: true;
  json?: true;
}

async function run(options: Options): Promise<void> {
  const { from, to, only, allowDowngrade = false, acrossMigrations = false } = options;
  const { pr, bodyFile, yes = false, json = false } = options;
  const print = json ? console.error : console.log;
  const root = projectRoot();
  const destination = withoutRollback(readEnvironment(to), root);
  const isCopied = readEnvironment(to).stackFile !== destination.stackFile;
  if (pr && isCopied)
    throw new UserError(
      `${to} reads copies of its stack files since a rollback, which --pr cannot remove. Promote without --pr.`,
    );
  let preview: PreviewDocument | undefined;
  let files: FileChange[] = [];
  const show = (
    { number, file, warnings }: Promotion,
    more: Pick<PromotionDocument, 'result' | 'branch' | 'body'>,
  ) => {
    const title = titleOf({ number, from, to, only });
    const document: PromotionDocument = { version: 1, from, to, number, file, title, warnings, ...more };
    console.log(JSON.stringify(document, undefined, 2));
  };
  const accept = async (planned: Promotion) => {
    print(describePlanned(planned, from).join('\n'));
    files = changesFor(root, planned.file, planned.release);
    const found = await previewPromotion(destination, planned);
    if ('reason' in found) {
      print(`What else \`up\` would change is not known here: ${found.reason}\n`);
      const unseen = acrossMigrations ? [] : unseenProblems(planned.migrations, to, acrossCommand(options));
      if (unseen.length > 0) throw refusal({ name: from }, destination, unseen);
    } else {
      preview = found;
      print(await drawPreview(preview, 'text', terminal()));
    }
    if (!yes) await ask(pr ? `a branch with ${planned.file}` : planned.file);
  };
  const write = async (planned: Promotion) => {
    const { number, file, release } = planned;
    if (!pr) {
      changeFiles(root, to, files);
      const paths = files.map(({ path }) => path);
      print(describeWritten({ ...planned, from, to, only }, paths).join('\n'));
      if (json) show(planned, { result: 'written' });
      return;
    }
    const about = { ...planned, from, to, only };
    const markdown = preview && (await drawPreview(preview, 'markdown', terminal()));
    const [body, branch] = [bodyOf(about, markdown), branchOf(to, number)];
    if (bodyFile !== undefined) writeFileSync(bodyFile, body);
    await commitFile(root, { branch, file, text: formatRelease(release), message: messageOf(about) });
    if (json) show(planned, { result: 'proposed', branch, body });
    else print((await describeProposed(about, { root, branch, body, bodyFile })).join('\n'));
  };
  const check = (number: number) => (pr ? branchProblems(root, branchOf(to, number)) : Promise.resolve([]));
  const key = signingKey();
  const request = { from: readEnvironment(from), to: destination, root, only, allowDowngrade, key };
  const done = await promote({ ...request, say: console.error, accept, check, write });
  if (done.changes.length === 0) {
    print(describeUnchanged(done, from, to).join('\n'));
    if (json) show(done, { result: 'unchanged' });
    return;
  }
  const ended = pr
    ? ({ result: 'proposed', branch: branchOf(to, done.number) } as const)
    : ({ result: 'written' } as const);
  await notify(destination, promotionMessage(done, { from, to, ...ended }), {
    readKey: async () => getSecret(await openEngine(to, 'stderr'), to, webhookKeyName),
    say: console.error,
  });
}

/** Returns this command with the flag that promotes migrations without a preview. */
function acrossCommand({ from, to, only, allowDowngrade, pr }: Options): string {
  return railheadCommand(
    undefined,
    ...['promote', from, to],
    ...(only === undefined ? [] : ['--only', only.join(',')]),
    ...(allowDowngrade ? ['--allow-downgrade'] : []),
    ...(pr ? ['--pr'] : []),
    '--across-migrations',
  );
}

function terminal() {
  return { width: terminalWidth(), colours: process.stdout.isTTY && process.stdout.hasColors() };
}

async function ask(what: string): Promise<void> {
  requireTerminal('written', `To write ${what} without a question, add --yes.`);
  await requireYes(`Write ${what}?`, 'written');
}
