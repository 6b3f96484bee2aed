import { join } from 'node:path';
import type { TestContext } from 'vitest';
import { parse } from 'yaml';
import { scratch } from '../stack/scratch.ts';
import { planImport } from './plan.ts';
import type { Row } from './rows.ts';

/** Plans the import of a folder with these files, or of a folder in it. Places are relative to the folder. */
export async function importOf(t: TestContext, files: Record<string, string>, from?: string, folder = '.') {
  const plan = await planImport(join(scratch(t, files), folder), from);
  const texts = Object.fromEntries(plan.changes.map(({ path, after }) => [path, after]));
  return { ...plan, texts, lines: plan.rows.map(lineOf) };
}

/** Returns the services of the stack file `stacks/<name>.yaml` of an import. */
export function servicesOf(texts: Record<string, string>, name: string): Record<string, object> {
  const { services } = parse(texts[`stacks/${name}.yaml`] ?? '') as { services: Record<string, object> };
  return services;
}

/** `docker-compose.yml:4:5 mapped services.api.image → services.api.image` */
export function lineOf({ file, line, column, field, outcome, to, why }: Row): string {
  const words = [`${file}:${line}:${column}`, outcome, field, to && `→ ${to}`, why];
  return words.filter((word) => word !== undefined && word !== '').join(' ');
}

/** Removes the comments that say where a line comes from. */
export function withoutPlaces(text: string | undefined): string {
  return (text ?? '').replace(/ +# \S+:\d+$/gm, '').replace(/^ *# \S+:\d+\n/gm, '');
}
