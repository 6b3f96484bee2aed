import { reserved } from '../stack/names.ts';
import { dataKinds, dataTypes, type DataType } from '../data/index.ts';
import { toUnusedLabel } from '../init/names.ts';
import { wholeServices } from './environments.ts';
import type { Imported, ImportedService } from './facts.ts';
import { addressesOf } from './further-ports.ts';
import { dataTypeOf, textsOf } from './data-service.ts';
import { publishedProtocol } from './publish.ts';
import type { Server } from './values.ts';

/** Returns the service of each name in the imported file as it will be in the stack file. */
export function nameServers(imported: Imported): Map<string, Server> {
  const taken = new Set<string>(reserved);
  return new Map(
    wholeServices(imported).map((service) => [
      service.name,
      serverOf(service, toUnusedLabel(service.name, taken), imported),
    ]),
  );
}

function serverOf(service: ImportedService, name: string, imported: Imported): Server {
  const type = dataTypeOf(service);
  const port = service.facts.port?.value ?? (type === undefined ? undefined : dataKinds[type].port);
  const hasRoute =
    type === undefined &&
    port !== undefined &&
    service.facts.cron === undefined &&
    publishedProtocol(service) === undefined;
  return {
    ...{ name, type, port, addresses: addressesOf(service) },
    published: hasRoute ? service.published?.value : undefined,
    texts: type === undefined ? [] : textsOf(service, type, imported),
  };
}

const reference = /\$\{\{\s*([^{}.]+?)\s*\.\s*([\w-]+)\s*\}\}/g;

/** Returns the services that references name and the file does not describe, each with its type if the name tells it. */
export function missingServices(imported: Imported): Map<string, DataType> {
  const { services, shared, environments } = imported;
  const known = new Set(wholeServices(imported).map(({ name }) => slug(name)));
  const all = [...services, ...[...environments.values()].flat()];
  const values = [...all.flatMap(({ variables }) => [...variables.values()]), ...shared.values()];
  const scopes = values.flatMap(({ value }) => referencesIn(value).map(([scope]) => scope));
  const missing = scopes.filter(
    (scope) => !known.has(slug(scope)) && !['shared', 'secret', 'secrets'].includes(slug(scope)),
  );
  return new Map(
    missing.flatMap((scope) => {
      const type = dataTypes.find((type) => guesses[type]?.test(scope) ?? slug(scope).includes(type));
      return type === undefined ? [] : [[slug(scope), type] as const];
    }),
  );
}

const guesses: Record<string, RegExp> = {
  postgres: /postgres|^pg$|^db$|^database$/i,
  s3: /^s3$|minio|bucket/i,
  mysql: /mysql/i,
  mongodb: /mongo/i,
};

/** Returns the text with the names of the stack file in its references. */
export function renameReferences(text: string, servers: ReadonlyMap<string, Server>): string {
  const bySlug = new Map([...servers].map(([name, server]) => [slug(name), server.name]));
  return text.replace(reference, (whole, scope: string, name: string) => {
    const found = bySlug.get(slug(scope));
    return found === undefined || found === slug(scope) ? whole : `\${{${found}.${name}}}`;
  });
}

/** Returns the references in a text, each with the service as references compare names. */
export function referencesIn(text: string): [scope: string, name: string][] {
  return [...text.matchAll(reference)].map(([, scope = '', name = '']) => [slug(scope), name]);
}

/** How references compare names. */
export function slug(name: string): string {
  return name.trim().toLowerCase().replace(/\s+/g, '-');
}
