import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { packageRoot } from '../common/roots.ts';
import { markdownTable } from '../common/table.ts';
import { standardTargets } from './index.ts';
import { isIrrelevant, isLimited, isRefused, type SupportEntry } from './shared/support.ts';

const targets = await standardTargets();

export const readmeFile = join(packageRoot, 'README.md');

const start = '<!-- Written by `npm run fields`. -->\n';
const end = '<!-- End of the table of fields. -->\n';

/** The README with a current table of the fields that not every target honours in full. */
export async function withTable(readme: string): Promise<string> {
  const [before = '', rest = ''] = readme.split(start);
  const [, after = ''] = rest.split(end);
  const head = ['field', ...targets.map(({ name }) => name)];
  const lines = markdownTable([head, ...rows()]);
  const text = `${before}${start}\n${lines.join('\n')}\n\n${end}${after}`;
  return format(text, { ...(await resolveConfig(readmeFile)), parser: 'markdown' });
}

/** The two kinds of services that run code have the same fields. */
const labels: [path: RegExp, label: string][] = [
  [/^services\.(source|image)\.(?!(source|image)$)/, ''],
  [/^services\.data\./, 'data services: '],
  [/^services\.\w+\./, ''],
];

function rows(): string[][] {
  const trees = targets.map(({ fields }) => fields);
  const paths = [...new Set(trees.flatMap((tree) => special(tree)))].toSorted(servicesFirst);
  const rows = paths.map((path) => [labelOf(path), ...trees.map((tree) => cell(tree, path.split('.')))]);
  return [...new Map(rows.map((row) => [row.join('|'), row])).values()];
}

function servicesFirst(one: string, other: string): number {
  const isService = (path: string) => path.startsWith('services.');
  return Number(isService(other)) - Number(isService(one)) || (one < other ? -1 : 1);
}

/** Paths of the entries that are not simply honoured. */
function special(entry: SupportEntry, path: string[] = []): string[] {
  if (entry === 'honoured') return [];
  if (isRefused(entry) || isIrrelevant(entry) || isLimited(entry)) return [path.join('.')];
  return Object.entries(entry).flatMap(([field, inner]) => special(inner, [...path, field]));
}

function cell(entry: SupportEntry, path: string[]): string {
  if (entry === 'honoured') return 'yes';
  if (isRefused(entry)) return 'error';
  if (isIrrelevant(entry)) return `no effect: ${entry.irrelevant}`;
  if (isLimited(entry)) return entry.honoured;
  const [field, ...rest] = path;
  const inner = field === undefined ? undefined : entry[field];
  return inner === undefined ? 'yes' : cell(inner, rest);
}

function labelOf(path: string): string {
  const [pattern, label] = labels.find(([pattern]) => pattern.test(path)) ?? [/^/, ''];
  return `${label}\`${path.replace(pattern, '')}\``;
}

if (import.meta.main) {
  writeFileSync(readmeFile, await withTable(readFileSync(readmeFile, 'utf8')));
}
