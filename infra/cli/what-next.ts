import { z } from 'zod';
import { npmCommand, railheadCommand } from '../commands.ts';
import type { OwnTools } from './own-tools.ts';
import { table } from '../table.ts';

const outputs = z.object({
  url: z.string().optional().catch(undefined),
  services: z.record(z.string(), z.string()).catch({}),
});

/** What people read after `up`: where the system is, and the commands for it. Takes the stack's outputs as they come. */
export function whatNext(stack: string, found: unknown, tools?: OwnTools): string {
  const { url, services } = outputs.parse(found ?? {});
  return [
    '',
    ...(url === undefined ? [] : [`Open ${url}`, '']),
    ...indented(Object.entries(services)),
    ...indented([
      [tools?.status ?? railheadCommand(stack, 'status'), 'what runs'],
      [tools?.logs ?? railheadCommand(stack, 'logs', '-f'), 'what it says'],
      [npmCommand('down', stack), 'stop it and keep the data'],
    ]),
  ].join('\n');
}

function indented(rows: [string, string][]): string[] {
  return rows.length === 0 ? [] : [...table(rows).map((line) => `  ${line}`), ''];
}
