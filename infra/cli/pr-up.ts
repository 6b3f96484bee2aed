import { pulumiCommand, railheadCommand } from '../common/commands.ts';
import { readEnvironment, stackFilePath, type Environment } from '../common/environment.ts';
import { parseJson } from '../common/parse-json.ts';
import { environmentOf } from '../common/pull-request.ts';
import { projectRoot } from '../common/roots.ts';
import { affectedServices } from '../delivery/affected/affected.ts';
import { chooseServices, type Chosen } from '../delivery/pull-requests/choose.ts';
import {
  formatDocument,
  pullRequestDocumentSchema,
  type PullRequestDocument,
} from '../delivery/pull-requests/document.ts';
import {
  formerSettings,
  generatedFiles,
  notIgnored,
  removeGenerated,
  writeGenerated,
} from '../delivery/pull-requests/files.ts';
import { readMark, writeMark, type Mark } from '../delivery/pull-requests/mark.ts';
import { overlayText } from '../delivery/pull-requests/overlay.ts';
import { checkSecrets, generateSecret, neededSecrets } from '../delivery/pull-requests/secrets.ts';
import {
  checkShared,
  reachShared,
  sharedVariables,
  type SharedAddresses,
} from '../delivery/pull-requests/shared.ts';
import { stateResources } from '../delivery/state-resources.ts';
import type { ServiceGraph } from '../graph/types.ts';
import { openContext } from '../program/context.ts';
import type { LoadedStack } from '../stack/load.ts';
import { StackError } from '../stack/problem.ts';
import { UserError } from '../../tools/user-error.ts';
import { alone } from './alone.ts';
import { openEngine, type EngineCall } from './engine-call.ts';
import { requirePassphrase } from './engine-environment.ts';
import { ensureStack, hasStack } from './ensure-stack.ts';
import { runOwn } from './own-command.ts';
import { getSecret, setSecret } from './secret-config.ts';
import { readOutputs } from './stack-outputs.ts';
import { updateDocumentSchema } from './up-end.ts';

interface Options {
  /** The environment whose settings and stack file it gets. */
  from: string;
  /** The commit that the pull request branched off; without it, all services run. */
  base: string | undefined;
  wait: boolean;
  json: boolean;
}

/** Makes or updates the environment of a pull request. Returns the exit code of `up`. Throws UserError. */
export async function pullRequestUp(number: number, options: Options): Promise<number> {
  const { from, base, json } = options;
  const source = readEnvironment(from);
  const { stack, graph } = await openContext({
    ...source,
    stackFile: stackFilePath(source),
    // The pull request has secrets of its own.
    secrets: undefined,
  });
  const allowed = stack.stack.pullRequests;
  if (allowed === undefined) throw notAllowed(source);
  const affected =
    base === undefined
      ? undefined
      : (await affectedServices({ base, environment: from, progress: console.error })).services;
  const chosen = chooseServices(
    graph,
    affected?.map(({ service }) => service),
    allowed.share,
  );
  const name = environmentOf(number);
  const parts = { version: 1, pullRequest: number, environment: name, from, ...chosen, shared: {} } as const;
  if (chosen.services.length === 0) {
    const line = `The pull request affects no service of ${from}, so there is nothing to run.`;
    show({ ...documentOf(parts), result: 'nothing' }, json, [line]);
    return 0;
  }
  const problems = stack.place([
    ...checkSecrets(neededSecrets(graph, chosen), allowed.secrets, source),
    ...checkShared(graph, chosen),
  ]);
  if (problems.length > 0) throw new StackError(problems);
  const shared =
    chosen.shared.length === 0
      ? {}
      : await reachShared(from, chosen.shared, (await readAddresses(from)).addresses);
  const expires = new Date(Date.now() + allowed.expires * 3_600_000).toISOString();
  const mark = { number, from, expires };
  const flags = base === undefined ? [] : ['--base', base];
  const again = railheadCommand(from, 'pr', 'up', String(number), ...flags, '--wait');
  await alone('up', name, options.wait, () => prepare(source, stack, { chosen, shared, mark, graph }), again);
  if (chosen.left.length > 0) console.error(`Not affected, so not in ${name}: ${chosen.left.join(', ')}`);
  for (const [one, address] of Object.entries(shared))
    console.error(`Shared with ${from}: ${one}, ${address}`);
  const words = ['up', '-s', name, ...(options.wait ? ['--wait'] : []), ...(json ? ['--json'] : [])];
  const { code, stdout } = await runOwn(words, json);
  // A command that ends early prints no document.
  const update = json ? updateDocumentSchema.safeParse(parseJson(stdout)).data : undefined;
  const outputs = code === 0 ? await readAddresses(name) : { addresses: {} };
  const document = {
    ...documentOf({ ...parts, shared }),
    result: code === 0 ? ('succeeded' as const) : ('failed' as const),
    expires,
    ...outputs,
    problems: update?.problems ?? [],
  };
  show(document, json, [
    `${name} ${code === 0 ? 'runs' : 'exists'} until ${expires}, and each update renews this.`,
    `Remove it: ${railheadCommand(undefined, 'pr', 'down', String(number))}`,
  ]);
  return code;
}

function documentOf({
  services,
  left,
  shared,
  ...parts
}: Omit<Chosen, 'shared'> &
  Pick<PullRequestDocument, 'version' | 'pullRequest' | 'environment' | 'from' | 'shared'>) {
  const { version, pullRequest, environment, from } = parts;
  return { version, pullRequest, environment, from, services, left, shared, addresses: {}, problems: [] };
}

/** Writes the files, creates the Pulumi stack, marks it, and sets its secrets. Throws UserError. */
async function prepare(
  source: Environment,
  { stack }: LoadedStack,
  {
    chosen,
    shared,
    mark,
    graph,
  }: { chosen: Chosen; shared: SharedAddresses; mark: Mark; graph: ServiceGraph },
): Promise<void> {
  const root = projectRoot();
  const { number, from } = mark;
  const name = environmentOf(number);
  const files = generatedFiles(source.stackFile, number);
  const former = formerSettings(root, files);
  requirePassphrase(root, from);
  const outside = await openEngine(from, 'stderr');
  const exists = await hasStack(outside, name);
  // Without a mark, a killed `pr up` may have created the stack: then its settings are here, or the stack is empty.
  const isOurs =
    !exists ||
    former !== undefined ||
    (await readMark(outside, name)) !== undefined ||
    (await isEmpty(outside, name));
  if (!isOurs) throw notOurs(name);
  const origin = { stack, shared: sharedVariables(graph, shared) };
  const text = overlayText(source.stackFile, origin, chosen, number);
  writeGenerated(root, files, { from, former, number, text });
  try {
    for (const file of await notIgnored(root, files))
      console.error(`${file} is not ignored by git, and should not be committed: add it to .gitignore.`);
    const pulumi = await openEngine(name, 'stderr');
    await ensureStack(pulumi, name);
    await writeMark(pulumi, name, mark);
    for (const secret of neededSecrets(graph, chosen)) {
      const isCopy = stack.pullRequests?.secrets[secret] === 'copy';
      if (!isCopy && former?.config?.[`railhead:${secret}`] !== undefined) continue;
      const value = isCopy ? await getSecret(outside, from, secret) : generateSecret();
      await setSecret(pulumi, name, secret, value);
    }
  } catch (error) {
    // Without a stack, nothing else finds the files.
    if (!exists && former === undefined && !(await hasStack(outside, name))) removeGenerated(root, files);
    throw error;
  }
}

async function isEmpty(pulumi: EngineCall, stack: string): Promise<boolean> {
  return stateResources(await pulumi.read(['stack', 'export', '--stack', stack])).length === 0;
}

async function readAddresses(name: string): Promise<Pick<PullRequestDocument, 'url' | 'addresses'>> {
  const found = await readOutputs(await openEngine(name, 'stderr'), name);
  const { url, services } = found as { url?: string; services?: Record<string, string> };
  return { ...(url !== undefined && { url }), addresses: services ?? {} };
}

function show(document: PullRequestDocument, json: boolean, lines: string[]): void {
  console.log(json ? formatDocument(pullRequestDocumentSchema, document) : lines.join('\n'));
}

function notAllowed({ name, stackFile }: Environment): UserError {
  return new UserError(
    `The stack file of ${name} allows no environments for pull requests.\nAllow them: add \`pullRequests: {}\` to ${stackFile}, or choose another environment with -s.`,
  );
}

export function notOurs(name: string): UserError {
  return new UserError(
    `${name} exists, and \`railhead pr up\` did not make it: its stack has no mark. Nothing was changed.\nIf it is not needed, stop what it runs, then remove it: ${pulumiCommand(undefined, 'stack', 'rm', name)}`,
  );
}
