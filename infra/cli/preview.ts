import { writeFileSync } from 'node:fs';
import { extname } from 'node:path';
import { Command, Option } from '@commander-js/extra-typings';
import type { Preview, PreviewDocument } from '../changes/model.ts';
import { defaultEnvironment } from '../common/default-environment.ts';
import { readEnvironment, stackFilePath } from '../common/environment.ts';
import { packageVersion, projectRoot } from '../common/roots.ts';
import { terminalWidth } from '../common/table.ts';
import type { Pulumi } from '../delivery/state/read-plan.ts';
import { openContext } from '../program/context.ts';
import { formatProblem } from '../stack/problem.ts';
import { UserError } from '../../tools/user-error.ts';
import { drawPreview, formats, type Format } from '../views/view.ts';
import { openEngine } from './engine-call.ts';
import { requirePassphrase } from './engine-environment.ts';
import { onEmptyState } from './empty-state.ts';
import { hasStack } from './ensure-stack.ts';
import { stackOption, valueOption } from './options.ts';

export const command = new Command('preview')
  .description('Show what an update would change, by service and with causes. Changes nothing.')
  .addOption(stackOption())
  .addOption(valueOption('--base <commit>', 'compare two commits, without state, secrets or cluster'))
  .addOption(valueOption('--head <commit>', 'the later commit; by default the working tree'))
  .addOption(new Option('--format <form>', 'the form of the output').choices(formats))
  .option('--out <files...>', 'write files instead; their names end in .txt, .md, .html or .json')
  .addHelpText('after', '\nExit codes: 0 if nothing changes, 2 if something does, 1 after an error.')
  .action(async ({ stack, base, head, format, out }) => {
    if (head !== undefined && base === undefined)
      throw new UserError('--head needs --base, the commit before it.');
    const files = (out ?? []).map((file) => ({ file, form: format ?? formOf(file) }));
    const document = base === undefined ? await ofState(stack) : await ofCommits({ base, head, stack });
    for (const { file, form } of files) {
      writeFileSync(file, await drawPreview(document, form, plain));
      console.error(`Written: ${file}`);
    }
    if (files.length === 0) {
      process.stdout.write(await drawPreview(document, format ?? 'text', terminal()));
    }
    process.exitCode = exitCode(document);
  });

/** A file has the whole width that its lines need, and no colours. */
const plain = { width: Infinity, colours: false };

function terminal() {
  return { width: terminalWidth(), colours: process.stdout.isTTY && process.stdout.hasColors() };
}

/** Returns the format that the end of a file name stands for. Throws UserError. */
function formOf(file: string): Format {
  const forms: Record<string, Format> = {
    '.txt': 'text',
    '.md': 'markdown',
    '.html': 'html',
    '.json': 'json',
  };
  const form = forms[extname(file)];
  if (form !== undefined) return form;
  throw new UserError(
    `The name ${file} does not show the format. End it with .txt, .md, .html or .json, or add --format.`,
  );
}

function exitCode({ environments }: PreviewDocument): number {
  if (environments.some(({ problems = [] }) => problems.length > 0)) return 1;
  return environments.some(({ services, unknown }) => unknown || services.length > 0) ? 2 : 0;
}

/** Previews an update of one environment. Throws UserError. */
async function ofState(stack = defaultEnvironment()): Promise<PreviewDocument> {
  const environment = readEnvironment(stack);
  // Problems of the stack file are reported before anything is downloaded.
  const context = await openContext({ ...environment, stackFile: stackFilePath(environment) });
  for (const warning of context.graph.warnings) console.error(formatProblem(warning));
  requirePassphrase(projectRoot(), stack);
  const pulumi = await openEngine(stack);
  const { previewState } = await import('../delivery/preview/from-state.ts');
  const preview = (on: Pulumi) => previewState(on, environment, context, console.error);
  const exists = await hasStack(pulumi, stack);
  return documentOf([await (exists ? preview(pulumi) : onEmptyState(pulumi, stack, preview))]);
}

/** Previews the difference of two commits, in one environment or in all. Throws UserError. */
async function ofCommits(commits: {
  base: string;
  head: string | undefined;
  stack: string | undefined;
}): Promise<PreviewDocument> {
  const { previewCommits } = await import('../delivery/preview/from-commits.ts');
  return documentOf(await previewCommits(commits, console.error));
}

function documentOf(environments: Preview[]): PreviewDocument {
  return { version: 1, railhead: packageVersion(), environments };
}
