import { styleText } from 'node:util';
import { Argument, Command, Option } from '@commander-js/extra-typings';
import { npmCommand, railheadCommand } from '../common/commands.ts';
import { defaultEnvironment } from '../common/default-environment.ts';
import { readEnvironment } from '../common/environment.ts';
import { terminalWidth } from '../common/table.ts';
import { drawHistory } from '../delivery/history/draw.ts';
import { drawRecord } from '../delivery/history/draw-record.ts';
import { detailDocument, historyDocument } from '../delivery/history/document.ts';
import { readHistory, readRecord } from '../delivery/history/read-history.ts';
import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import { UserError } from '../../tools/user-error.ts';
import { positiveNumber, stackOption } from './options.ts';

export const command = new Command('history')
  .description(
    'Show what `up` and `down` changed, when, by whom and with which result; or one update in detail.',
  )
  .addArgument(new Argument('[number]', 'the number of an update').argParser(positiveNumber))
  .addOption(stackOption())
  .addOption(new Option('--last <count>', 'how many updates to show').argParser(positiveNumber).default(20))
  .option('--json', 'print JSON')
  .action(async (number, { stack = defaultEnvironment(), last, json = false }) => {
    const store = openStore(readEnvironment(stack));
    const lines =
      number === undefined
        ? await list(store, stack, { last, json })
        : await detail(store, stack, { number, json });
    console.log(lines.join('\n'));
  });

async function list(
  store: Store,
  stack: string,
  { last, json }: { last: number; json: boolean },
): Promise<string[]> {
  const { records, problems } = await readHistory(store, stack, last);
  if (json) return [historyDocument(stack, { records, problems })];
  if (records.length === 0) {
    if (problems.length > 0) return problems;
    return [
      `${stack} has no history in ${store.describe()}: it begins with the next ${npmCommand('up', stack)}`,
    ];
  }
  const more = (records.at(-1)?.number ?? 1) - 1;
  return [
    ...drawHistory(records, terminalWidth(), colour),
    ...problems,
    ...(more === 0 ? [] : ['', `Older: ${railheadCommand(stack, 'history', '--last', String(last + more))}`]),
  ];
}

async function detail(
  store: Store,
  stack: string,
  { number, json }: { number: number; json: boolean },
): Promise<string[]> {
  const record = await readRecord(store, stack, number);
  if (record === undefined) {
    throw new UserError(
      `${stack} has no update #${number} in ${store.describe()}. All of them: ${railheadCommand(stack, 'history')}`,
    );
  }
  return json ? [detailDocument(stack, record)] : drawRecord(record, terminalWidth());
}

/** Colours a result. styleText returns the text unchanged if stdout is not a terminal. */
function colour(cell: string, text: string): string {
  if (cell === 'failed' || cell === 'interrupted') return styleText('red', text, { stream: process.stdout });
  return cell === 'succeeded' ? styleText('green', text, { stream: process.stdout }) : text;
}
