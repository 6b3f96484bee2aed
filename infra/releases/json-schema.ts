import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeJsonSchema } from '../common/json-schema.ts';
import { packageRoot } from '../common/roots.ts';
import { releaseSchema } from './schema.ts';

/** Absolute path of the JSON Schema with which editors check release files. */
export const releaseSchemaFile = join(packageRoot, 'stacks/release.schema.json');

export function makeReleaseSchema(): Promise<string> {
  return makeJsonSchema(releaseSchema, {
    id: 'release-file',
    title: 'Railhead release file',
    description: 'releases/<env>.yaml: the artifacts that an environment runs. With it, nothing is built.',
  });
}

if (import.meta.main) {
  writeFileSync(releaseSchemaFile, await makeReleaseSchema());
}
