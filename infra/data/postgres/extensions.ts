import * as z from 'zod';

const nameRule = 'the name of an extension, such as vector or pg_trgm';
const name = z
  .string(nameRule)
  .regex(/^[a-z][a-z0-9_-]{0,62}$/, nameRule)
  .refine((text) => text !== 'pgvector', 'must be "vector", the name of the extension');

/** The field with the extensions of a database. */
export const extensions = z
  .array(name, 'a list of extensions')
  .optional()
  .describe(
    'Extensions that are created in the database at start. The server must have them: `image` names an image with others than the official one. An extension that is removed here stays in the database.',
  );

/**
 * Returns the SQL that creates an extension in the current database, and the ones that it needs. For some extensions, only a
 * superuser can run it.
 */
export function createExtension(extension: string): string {
  return `CREATE EXTENSION IF NOT EXISTS "${extension}" CASCADE;`;
}

/** Returns psql commands that create extensions. The log says which one the image lacks. */
export function extensionsScript(extensions: readonly string[]): string {
  return extensions
    .map(
      (extension) => `
SELECT count(*) = 0 AS lacks FROM pg_available_extensions WHERE name = '${extension}' \\gset
\\if :lacks
\\warn 'The image has no extension ${extension}: name an image that has it in images.postgres.'
\\endif
${createExtension(extension)}`,
    )
    .join('');
}
