import type { Preview, ServiceChange } from '../../../changes/model.ts';
import { plain } from '../../../views/phrase.ts';
import { fully } from '../../../views/words/causes.ts';

/** Returns what two previews show differently: `api: LOG_LEVEL: info → debug (stacks/shop.yaml:7)`. */
export function movedLines(reviewed: Pick<Preview, 'services'>, now: Pick<Preview, 'services'>): string[] {
  const [before, after] = [linesOf(reviewed), linesOf(now)];
  return [
    ...[...after].filter((line) => !before.has(line)).map((line) => `Not in the preview: ${line}`),
    ...[...before].filter((line) => !after.has(line)).map((line) => `Only in the preview: ${line}`),
  ];
}

function linesOf({ services }: Pick<Preview, 'services'>): Set<string> {
  return new Set(services.flatMap(changesOf));
}

function changesOf({ service, causes, values, resources }: ServiceChange): string[] {
  const lines = [
    ...causes.map((cause) => plain(fully(cause))),
    ...values.map(({ name, before = 'not set', after = 'not set' }) => `${name}: ${before} → ${after}`),
    ...resources.map(({ type, name, operation }) => `${operation} ${type} ${name}`),
  ];
  return lines.map((line) => `${service}: ${line}`);
}
