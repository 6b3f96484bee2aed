import { CommanderError } from '@commander-js/extra-typings';
import { findProject } from '../common/roots.ts';
import { undoUnfinished } from '../delivery/changed-files.ts';
import { takeSigningKey } from '../store/signature.ts';
import { UserError } from '../../tools/user-error.ts';
import { Busy } from '../delivery/turn.ts';
import { tellBusy } from './own-command.ts';
import { buildProgram, namedCommands } from './program.ts';

// In `railhead logs | head`, `head` closes the pipe when it has enough lines.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

// Before any command starts a process.
takeSigningKey();

try {
  const args = process.argv.slice(2);
  const root = findProject();
  for (const line of root === undefined ? [] : undoUnfinished(root)) console.error(line);
  const program = await buildProgram(namedCommands(args));
  await program.parseAsync(args.length === 0 ? ['--help'] : args, { from: 'user' });
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode;
  else if (error instanceof UserError) {
    console.error(error.message);
    if (error instanceof Busy) tellBusy();
    process.exitCode = 1;
  } else throw error;
}
