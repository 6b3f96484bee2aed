import { globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { pulumiHome } from '../../tools/engine/home.ts';
import { findDefaultEnvironment } from '../common/default-environment.ts';
import { readProject } from '../common/project.ts';
import { backendOf } from './engine-environment.ts';

/** Returns the stack of a plain Pulumi command: from its arguments, else PULUMI_STACK, else the selected stack, else the default one. */
export function chosenStack(root: string, args: string[], env: NodeJS.ProcessEnv = process.env): string {
  const options = { stack: { type: 'string', short: 's' } } as const;
  const { stack } = parseArgs({ args, options, strict: false }).values;
  // Pulumi accepts `-s=env` too. Pulumi itself reports a `-s` without a value.
  const named = typeof stack === 'string' ? stack.replace(/^=/, '') : '';
  return named || env['PULUMI_STACK'] || selectedStack(root, env) || (findDefaultEnvironment() ?? 'dev');
}

/** Returns the stack that `pulumi stack select` last wrote for this project and backend. */
function selectedStack(root: string, env: NodeJS.ProcessEnv): string | undefined {
  const file = workspaceFile(root);
  if (file === undefined) return undefined;
  try {
    const { stack, stacks } = workspace.parse(JSON.parse(readFileSync(file, 'utf8')));
    return stacks?.[backendOf(root, env)] ?? stack;
  } catch {
    return undefined; // A damaged file counts as no selection.
  }
}

/**
 * Returns Pulumi's file `<project>-<hash of the path>-workspace.json`: the newest one, since a project that was renamed or
 * moved has several.
 */
function workspaceFile(root: string): string | undefined {
  const { name } = readProject(root);
  const folder = join(pulumiHome(root), 'workspaces');
  const [newest] = globSync('*-workspace.json', { cwd: folder })
    .filter((file) => file.replace(/-[0-9a-f]+-workspace\.json$/, '') === name)
    .map((file) => join(folder, file))
    .toSorted((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
  return newest;
}

const workspace = z.object({
  stack: z.string().optional(),
  stacks: z.record(z.string(), z.string()).optional(),
});
