import { parseJson } from '../../common/parse-json.ts';
import { UserError } from '../../../tools/user-error.ts';
import type { Records } from '../store.ts';
import type { Client } from './client.ts';
import { createRecord } from './create-record.ts';
import { limits, readText } from './http.ts';
import * as repository from './repository.ts';
import { pathsIn, tagOf } from './tags.ts';

const recordType = 'application/vnd.railhead.record.v1+json';

/**
 * Keeps records as artifacts with the tags `record.<path>`, each with one JSON file.
 *
 * @param patience milliseconds to wait for another process that is about to create the same record
 */
export function ociRecords(client: Client, patience = 30_000): Records {
  const namesBelow = async (folder: string, isFolder: boolean) => {
    const parts = folder.split('/');
    const found = pathsIn(await repository.listTags(client)).filter(
      (path) =>
        parts.every((part, index) => path[index] === part) && path.length > parts.length + 1 === isFolder,
    );
    return [...new Set(found.flatMap((path) => path[parts.length] ?? []))].toSorted();
  };
  return {
    create: (path, value) =>
      createRecord(client, { path, patience, write: () => write(client, path, value) }),
    replace: (path, value) => write(client, path, value),
    read: (path) => read(client, path),
    list: (folder) => namesBelow(folder, false),
    folders: (folder) => namesBelow(folder, true),
    describe: (path) => repository.nameOf(client, tagOf('record', path)),
  };
}

async function write(client: Client, path: string, value: unknown): Promise<void> {
  const json = `${JSON.stringify(value, null, 2)}\n`;
  const blob = await repository.pushText(client, json);
  const title = `${path.replaceAll('/', '-')}.json`;
  const layer = { mediaType: recordType, ...blob, annotations: { 'org.opencontainers.image.title': title } };
  const manifest = repository.artifactManifest(recordType, [layer]);
  await repository.pushManifest(client, tagOf('record', path), manifest);
}

async function read(client: Client, path: string): Promise<unknown> {
  const manifest = await repository.readManifest(client, tagOf('record', path));
  const [layer] = manifest?.layers ?? [];
  if (layer === undefined) return undefined;
  const name = repository.nameOf(client, tagOf('record', path));
  const json = await readText(await repository.pullBlob(client, layer.digest), limits.record, name);
  const value = parseJson(json);
  if (value !== undefined && repository.describe(json).digest === layer.digest) return value;
  throw new UserError(`${name} is damaged. Delete it.`);
}
