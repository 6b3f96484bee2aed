import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'prettier';
import { z } from 'zod';
import { previewDocumentSchema } from '../changes/model.ts';
import { packageRoot, packageVersion } from '../common/roots.ts';

/** Absolute path of the JSON Schema of `railhead preview --format json`. */
export const previewSchemaFile = join(packageRoot, 'stacks/preview.schema.json');

/** Generates the JSON Schema in draft 7, as that of stack files. */
export function makePreviewSchema(): Promise<string> {
  const { $schema, ...rest } = z.toJSONSchema(previewDocumentSchema, { target: 'draft-7' });
  const schema = {
    $schema,
    $id: `urn:railhead:preview:${packageVersion()}`,
    title: 'Railhead preview',
    description: 'What `railhead preview --format json` prints. It contains no values of secrets.',
    ...rest,
  };
  return format(JSON.stringify(schema), { parser: 'json', printWidth: 110 });
}

if (import.meta.main) {
  writeFileSync(previewSchemaFile, await makePreviewSchema());
}
