import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { previewDocumentSchema } from '../changes/model.ts';
import { makeJsonSchema } from '../common/json-schema.ts';
import { packageRoot } from '../common/roots.ts';

/** Absolute path of the JSON Schema of `railhead preview --format json`. */
export const previewSchemaFile = join(packageRoot, 'stacks/preview.schema.json');

export function makePreviewSchema(): Promise<string> {
  return makeJsonSchema(previewDocumentSchema, {
    id: 'preview',
    title: 'Railhead preview',
    description: 'What `railhead preview --format json` prints. It contains no values of secrets.',
  });
}

if (import.meta.main) {
  writeFileSync(previewSchemaFile, await makePreviewSchema());
}
