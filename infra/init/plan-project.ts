import type { Existing } from './existing.ts';
import { ownEnvironment, type OwnTarget } from './own-target.ts';
import { newManifest, withScripts } from './package-scripts.ts';
import * as texts from './project-files.ts';
import type { Change } from './types.ts';

/** Lines that the user adds to a file that `init` does not change. */
export interface Addition {
  file: string;
  lines: string[];
}

/** What is known of the project before its files are planned. */
export interface Context {
  /** Name of the project and of its stack. */
  name: string;
  /** Path of the stack file, relative to the project. */
  stackFile: string;
  /** The settings of its environment. */
  own: OwnTarget;
  /** Path of the installed package, relative to the project. */
  railhead: string;
  existing: Existing;
  /** Whether TypeScript files are ES modules, by the package.json of the project. */
  isModule: boolean;
}

/** Plans Pulumi.yaml and the settings of the environment. Those of an existing project stay as they are; the user adds lines. */
export function planProject({ name, own, railhead, existing }: Context) {
  const plugin = `${railhead}/dist/plugin`;
  const { project, read } = existing;
  const additions: Addition[] = [];
  const changes: Change[] = [];
  if (project === undefined)
    changes.push({ path: 'Pulumi.yaml', before: undefined, after: texts.projectText(name, plugin) });
  else if (!project.hasPlugin)
    additions.push({ file: 'Pulumi.yaml', lines: texts.pluginText(plugin).split('\n') });
  if (existing.environment !== undefined || own.environment === undefined) return { additions, changes };
  const path = `Pulumi.${own.environment}.yaml`;
  if (own.environment !== ownEnvironment) {
    additions.push({ file: `${path}, a new file`, lines: texts.clusterText(own).trimEnd().split('\n') });
    return { additions, changes };
  }
  if (read(path) === undefined) changes.push({ path, before: undefined, after: texts.environmentText(own) });
  else additions.push({ file: `${path}, below "config"`, lines: texts.environmentLines(own) });
  return { additions, changes };
}

/** Plans the Pulumi program, and the package.json that makes it an ES module. A program that exists stays as it is. */
export function planProgram({ name, existing, isModule }: Context, hasGateway: boolean) {
  const { project, read } = existing;
  const path = texts.programFile;
  const plan = { changes: [] as Change[], additions: [] as Addition[], steps: [] as string[] };
  if (project?.hasPlugin && project.main !== path) return plan;
  const isOwn = project === undefined || project.hasPlugin;
  const program = isOwn ? read(path) : '';
  if (program === undefined) {
    plan.changes.push({ path, before: undefined, after: texts.programText(hasGateway) });
  } else if (!/['"]railhead['"]/.test(program)) {
    const file = `the program, ${isOwn ? path : (project.main ?? 'index.ts')}`;
    plan.additions.push({ file, lines: texts.programLines });
  }
  const manifest = read('infra/package.json');
  if (!isOwn) return plan;
  if (manifest === undefined && !isModule) {
    const after = texts.moduleText(`${name}-infra`);
    plan.changes.push({ path: 'infra/package.json', before: undefined, after });
  } else if (manifest !== undefined && !/"type"\s*:\s*"module"/.test(manifest)) {
    plan.steps.push(`Write "type": "module" into infra/package.json: ${path} is an ES module`);
  }
  return plan;
}

/** Plans the package.json: its scripts, or the file itself. */
export function planScripts({ name, existing: { read } }: Context) {
  const path = 'package.json';
  const before = read(path);
  if (before === undefined) return { changes: [{ path, before, after: newManifest(name) }], kept: [] };
  const { text, kept } = withScripts(before);
  return { changes: [{ path, before, after: text }], kept };
}
