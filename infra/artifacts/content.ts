import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { contentOf } from '../store/archive.ts';
import { replaceFile } from '../store/atomic-file.ts';
import { isDigest } from '../store/digest.ts';

/** Saves the digest of an artifact next to its folder, into which its service may write later. */
export async function saveContent(path: string, content: string): Promise<void> {
  await replaceFile(contentFile(path), `${content}\n`);
}

/**
 * Returns the digest of what was built. If it was not saved, as by an earlier version or a killed process, the folder
 * counts as it is now, once.
 * Throws UserError if it contains something that no other machine has, or cannot be read.
 */
export async function builtContent(path: string): Promise<string> {
  const saved = existsSync(contentFile(path)) ? (await readFile(contentFile(path), 'utf8')).trim() : '';
  if (isDigest(saved)) return saved;
  const content = await contentOf(path);
  await saveContent(path, content);
  return content;
}

/** Returns the path of the file that stores the digest of an artifact, next to the artifact's folder. */
export function contentFile(path: string): string {
  return `${path}.content`;
}
