import { basename, join, relative, dirname } from 'node:path';
import { UserError } from '../../tools/user-error.ts';
import { findProject } from '../common/roots.ts';
import { chooseTarget } from '../targets/index.ts';
import { checkProposals } from './check-proposals.ts';
import { readExisting, type Existing } from './existing.ts';
import { helloProgram, helloService } from './hello.ts';
import { isIgnored, isInGit, requireCommitted } from './git.ts';
import { installedPath, requireRailhead } from './installed.ts';
import { toLabel } from './names.ts';
import { newManifest, withScripts } from './package-scripts.ts';
import * as texts from './project-files.ts';
import { proposeServices } from './propose.ts';
import { readRepository } from './repository.ts';
import { stackText } from './stack-text.ts';
import type { Change, Detected } from './types.ts';
import { requireWritable } from './writable.ts';

/** Lines that the user adds to a file that `init` does not change. */
export interface Addition {
  file: string;
  lines: string[];
}

export interface InitPlan {
  root: string;
  name: string;
  isInGit: boolean;
  /** The proposed services; undefined if there is a stack file already. */
  detected: Detected | undefined;
  /** The project in a folder above; undefined if there is none, or if `root` is one itself. */
  above: string | undefined;
  /** Changes of files, in the order in which they are shown and written. */
  changes: Change[];
  additions: Addition[];
  /** Scripts of the user that have the name of one of Railhead's. */
  keptScripts: string[];
  /** What the user has to do before the first `up`. */
  steps: string[];
}

/** Plans what `init` writes to a folder. Reads only. Throws UserError if something stands against it. */
export async function planInit(root: string): Promise<InitPlan> {
  const railhead = requireRailhead(root);
  const existing = readExisting(root);
  const name = toLabel(existing.manifest?.name ?? basename(root));
  const stackFile = existing.stackFile ?? `stacks/${name}.yaml`;
  const stack = await planStack(root, name, { stackFile, railhead, existing });
  const project = planProject(name, { stackFile, railhead, existing });
  const isModule = existing.manifest === undefined || existing.manifest.type === 'module';
  const program = planProgram(name, existing, isModule);
  const scripts = planScripts(name, existing);
  const ignored = existing.read('.gitignore');
  const ignore = (await isIgnored(root, '.railhead/')) ? ignored : texts.ignoreText(ignored);
  const hello = stack.isHello ? planHello(existing, isModule) : [];
  const changes = [
    ...project.changes,
    ...program.changes,
    ...stack.changes,
    ...hello,
    ...(ignore === undefined ? [] : [{ path: '.gitignore', before: ignored, after: ignore }]),
    ...scripts.changes,
  ].filter(({ before, after }) => before !== after);
  requireWritable(root, changes);
  const inGit = await isInGit(root);
  if (inGit) await requireCommitted(root, changes);
  return {
    ...{ root, name, isInGit: inGit, detected: stack.detected, changes, keptScripts: scripts.kept },
    above: existing.project === undefined ? findProject() : undefined,
    additions: [...project.additions, ...program.additions],
    steps: [
      ...missingPackages(root),
      ...program.steps,
      ...(stack.detected?.proposals ?? []).flatMap(({ advice }) => advice),
    ],
  };
}

interface Context {
  stackFile: string;
  /** Path of the installed package, relative to the project. */
  railhead: string;
  existing: Existing;
}

/** Plans the stack file; a stack file that exists stays as it is. */
async function planStack(root: string, name: string, { stackFile, railhead, existing }: Context) {
  if (existing.read(stackFile) !== undefined) return { detected: undefined, changes: [], isHello: false };
  const schema = relative(dirname(stackFile), join(railhead, 'stacks/schema.json'));
  const file = { name, schema, hasWorkerd: installedPath(root, 'workerd') !== undefined };
  const target = await chooseTarget({ name: 'dev', target: 'process' });
  const found = checkProposals(proposeServices(readRepository(root)), file, {
    path: join(root, stackFile),
    target,
  });
  const isHello = found.proposals.length === 0;
  const detected = isHello ? { ...found, proposals: [helloService] } : found;
  const after = stackText({ ...file, services: detected.proposals, hasWorkerd: file.hasWorkerd && !isHello });
  return { detected, changes: [{ path: stackFile, before: undefined, after }], isHello };
}

/** Plans Pulumi.yaml and Pulumi.dev.yaml. Those of an existing project stay as they are; the user adds lines. */
function planProject(name: string, { stackFile, railhead, existing }: Context) {
  const plugin = `${railhead}/dist/plugin`;
  const { project, read } = existing;
  const additions: Addition[] = [];
  const changes: Change[] = [];
  if (project === undefined)
    changes.push({ path: 'Pulumi.yaml', before: undefined, after: texts.projectText(name, plugin) });
  else if (!project.hasPlugin)
    additions.push({ file: 'Pulumi.yaml', lines: texts.pluginText(plugin).split('\n') });
  if (existing.stackFile !== undefined) return { additions, changes };
  const path = 'Pulumi.dev.yaml';
  if (read(path) === undefined)
    changes.push({ path, before: undefined, after: texts.environmentText(stackFile) });
  else additions.push({ file: `${path}, below "config"`, lines: texts.environmentLines(stackFile) });
  return { additions, changes };
}

/** Plans the Pulumi program, and the package.json that makes it an ES module. A program that exists stays as it is. */
function planProgram(name: string, { project, read }: Existing, isModule: boolean) {
  const none = { changes: [] as Change[], additions: [] as Addition[], steps: [] as string[] };
  const path = texts.programFile;
  const add = {
    file: `the program, ${project?.main ?? (project === undefined ? path : 'index.ts')}`,
    lines: texts.programLines,
  };
  if (project?.hasPlugin && project.main !== path) return none;
  if (project !== undefined && !project.hasPlugin) return { ...none, additions: [add] };
  const program = read(path);
  const isOther = program !== undefined && !program.includes("'railhead'") && !program.includes('"railhead"');
  const additions = isOther ? [add] : [];
  const changes = program === undefined ? [{ path, before: undefined, after: texts.programText }] : [];
  const manifest = read('infra/package.json');
  if (manifest === undefined && !isModule) {
    const after = texts.moduleText(`${name}-infra`);
    return {
      changes: [...changes, { path: 'infra/package.json', before: undefined, after }],
      additions,
      steps: [],
    };
  }
  const isWrong = manifest !== undefined && !/"type"\s*:\s*"module"/.test(manifest);
  const steps = isWrong
    ? ['Write "type": "module" into infra/package.json: infra/index.ts is an ES module']
    : [];
  return { changes, additions, steps };
}

function planHello({ read }: Existing, isModule: boolean): Change[] {
  const folder = helloService.source;
  const files = {
    [`${folder}/main.ts`]: helloProgram,
    ...(!isModule && { [`${folder}/package.json`]: texts.moduleText('hello') }),
  };
  const changes = Object.entries(files).map(([path, after]) => ({ path, before: read(path), after }));
  const [taken] = changes.filter(({ before, after }) => before !== undefined && before !== after);
  if (taken === undefined) return changes;
  throw new UserError(
    `${taken.path} exists, and init would make its first service there. Nothing was written. Rename it.`,
  );
}

function planScripts(name: string, { read }: Existing) {
  const path = 'package.json';
  const before = read(path);
  if (before === undefined) return { changes: [{ path, before, after: newManifest(name) }], kept: [] };
  const { text, kept } = withScripts(before);
  return { changes: [{ path, before, after: text }], kept };
}

/** pnpm does not put a peer dependency where the project itself finds it. */
function missingPackages(root: string): string[] {
  const isMissing = installedPath(root, '@pulumi/pulumi') === undefined;
  return isMissing
    ? ['Install @pulumi/pulumi as a development dependency: Pulumi loads it from the project']
    : [];
}
