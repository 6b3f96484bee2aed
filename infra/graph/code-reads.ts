import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from '../stack/finding.ts';
import type { LoadedStack } from '../stack/load.ts';
import { toVariablePart } from '../stack/names.ts';
import { sortProblems, type Problem } from '../stack/problem.ts';
import type { ServiceGraph } from './types.ts';

const sources = /\.([cm]?[jt]sx?|py|rb|go|php|java|kt|rs|cs|sh)$/;
const maxFiles = 2000;
const maxBytes = 1024 * 1024;

/**
 * Warns about each `X_RAILWAY_PRIVATE_DOMAIN` that the code of a service reads although its variables do not refer to
 * x. Railway sets these variables for every service; railhead sets them only for services that may connect to x.
 */
export function unreferencedDomains({ root, place }: LoadedStack, graph: ServiceGraph): Problem[] {
  const names = new Map(
    graph.services.map(({ name }) => [`${toVariablePart(name)}_RAILWAY_PRIVATE_DOMAIN`, name]),
  );
  const findings = graph.services.flatMap((service): Finding[] => {
    if (service.form !== 'code' || service.config.kind !== 'source') return [];
    const { name, config, variables } = service;
    const read = readNames(join(root, config.source), names);
    return [...read].flatMap(([variable, file]) => {
      const other = names.get(variable) ?? '';
      if (other === name || Object.hasOwn(variables, variable)) return [];
      const message = `${join(config.source, file)} reads ${variable}, which is not set: no variable of ${JSON.stringify(name)} refers to ${JSON.stringify(other)}; add ${variable}: \${{${other}.RAILWAY_PRIVATE_DOMAIN}}`;
      return [{ path: ['services', name], message, warning: true }];
    });
  });
  return sortProblems(place(findings));
}

/** Returns the names that occur in the files of a folder, each with the first file. */
function readNames(folder: string, names: ReadonlyMap<string, string>): Map<string, string> {
  const found = new Map<string, string>();
  for (const file of filesOf(folder)) {
    const text = readFileSync(join(folder, file), 'utf8');
    for (const [name] of text.matchAll(/\b[A-Z][A-Z0-9_]*_RAILWAY_PRIVATE_DOMAIN\b/g)) {
      if (names.has(name) && !found.has(name)) found.set(name, file);
    }
  }
  return found;
}

function filesOf(folder: string): string[] {
  const found: string[] = [];
  const folders = [''];
  for (let next = folders.pop(); next !== undefined && found.length < maxFiles; next = folders.pop()) {
    for (const entry of readdirSync(join(folder, next), { withFileTypes: true })) {
      const path = join(next, entry.name);
      if (entry.isDirectory() && !/^(\.|node_modules$)/.test(entry.name)) folders.push(path);
      if (entry.isFile() && sources.test(entry.name) && statSync(join(folder, path)).size <= maxBytes) {
        found.push(path);
      }
    }
  }
  return found.toSorted().slice(0, maxFiles);
}
