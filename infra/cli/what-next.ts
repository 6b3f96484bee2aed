import * as z from 'zod';
import { npmCommand, railheadCommand } from '../common/commands.ts';
import type { OwnTools } from '../targets/shared/own-tools.ts';
import { table } from '../common/table.ts';

const outputs = z.object({
  url: z.string().optional().catch(undefined),
  services: z.record(z.string(), z.string()).catch({}),
});

/** Returns the text after a successful `up`: URLs and next commands. `found` is the unvalidated output of the stack. */
export function whatNext(stack: string, found: unknown, tools?: OwnTools): string {
  const { url, services } = outputs.parse(found ?? {});
  return [
    '',
    ...(url === undefined ? [] : [`Open ${url}`, '']),
    ...indented(Object.entries(services)),
    ...indented([
      [tools?.status ?? railheadCommand(stack, 'status'), 'show services and replicas'],
      [tools?.logs ?? railheadCommand(stack, 'logs', '-f'), 'follow the logs'],
      [npmCommand('down', stack), 'stop the system and keep its data'],
    ]),
  ].join('\n');
}

/** What people read after an `up` that failed, whatever it has left. */
export function afterFailure(stack: string): string {
  return `\nNothing needs to be cleaned up. Next: correct the cause, or take the change back, then ${npmCommand('up', stack)}`;
}

function indented(rows: [string, string][]): string[] {
  return rows.length === 0 ? [] : [...table(rows).map((line) => `  ${line}`), ''];
}
