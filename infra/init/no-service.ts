import { posix } from 'node:path';
import { railheadCommand } from '../common/commands.ts';
import { UserError } from '../../tools/user-error.ts';
import { toLabel } from './names.ts';
import { scalar } from './stack-text.ts';
import type { Detected } from './types.ts';

/**
 * Throws UserError for a repository that has code, but no service that `init` can propose. An example service is of use only where there
 * is no code.
 */
export function requireNoCode({ unfit }: Detected, { name, stackFile }: { name: string; stackFile: string }) {
  const [first] = unfit;
  if (first === undefined) return;
  const shown = unfit.slice(0, maxShown).map(({ place, reason }) => `  ${place}: ${reason}`);
  // The place of a process in a Procfile is `folder (process)`.
  const folder = first.place.replace(/ \(.*\)$/, '');
  const more = unfit.length - shown.length;
  throw new UserError(
    [
      'No service was found that can run. Nothing was written.',
      ...shown,
      ...(more === 0 ? [] : [`  and ${more} more`]),
      `Write a script "start" into the package.json of each service, or write ${stackFile}:`,
      '',
      `    name: ${name}`,
      '    services:',
      `      ${toLabel(folder === '.' ? name : posix.basename(folder))}:`,
      `        source: ${scalar(folder)}`,
      '        start: node main.js # the command that starts it',
      '',
      `Then run: ${railheadCommand(undefined, 'init')}`,
    ].join('\n'),
  );
}

const maxShown = 5;
