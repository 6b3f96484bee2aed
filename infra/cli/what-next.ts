import { z } from 'zod';
import type { OwnTools } from './own-tools.ts';
import { twoColumns } from './two-columns.ts';

const outputs = z.object({
  url: z.string().optional().catch(undefined),
  services: z.record(z.string(), z.string()).catch({}),
});

/** What people read after `up`: where the system is, and the commands for it. Takes the stack's outputs as they come. */
export function whatNext(stack: string, found: unknown, tools?: OwnTools): string {
  const { url, services } = outputs.parse(found ?? {});
  const option = stack === 'dev' ? '' : ` -s ${stack}`;
  const down = stack === 'dev' ? 'npm run down' : `npm run down -- -s ${stack}`;
  return [
    '',
    ...(url === undefined ? [] : [`Open ${url}`, '']),
    ...table(Object.entries(services)),
    ...table([
      [tools?.status ?? `npx railhead status${option}`, 'what runs'],
      [tools?.logs ?? `npx railhead logs -f${option}`, 'what it says'],
      [down, 'stop it and keep the data'],
    ]),
  ].join('\n');
}

function table(rows: [string, string][]): string[] {
  return rows.length === 0 ? [] : [...twoColumns(rows), ''];
}
