import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'prettier';
import { z } from 'zod';
import { packageRoot, packageVersion } from '../common/roots.ts';
import { releaseSchema } from './schema.ts';

/** Absolute path of the JSON Schema with which editors check release files. */
export const releaseSchemaFile = join(packageRoot, 'stacks/release.schema.json');

/** Generates the JSON Schema in draft 7, as that of stack files. */
export function makeReleaseSchema(): Promise<string> {
  const { $schema, ...rest } = z.toJSONSchema(releaseSchema, { target: 'draft-7' });
  const schema = {
    $schema,
    $id: `urn:railhead:release-file:${packageVersion()}`,
    title: 'Railhead release file',
    description: 'releases/<env>.yaml: the artifacts that an environment runs. With it, nothing is built.',
    ...rest,
  };
  return format(JSON.stringify(schema), { parser: 'json', printWidth: 110 });
}

if (import.meta.main) {
  writeFileSync(releaseSchemaFile, await makeReleaseSchema());
}
