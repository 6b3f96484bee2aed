import type { Finding } from '../stack/finding.ts';
import { readRepositoryFile } from '../stack/repository-file.ts';
import { isCode, type CodeService, type Stack } from '../stack/schema.ts';
import { variableKey } from './meaning.ts';
import type { MountedFile, Template } from './types.ts';

/** A cluster keeps the files of a service in one object, which holds at most one MiB. */
const maxBytes = 512 * 1024;

export interface MountedFiles {
  /** The texts of the files of the repository, by `fileKey`. */
  texts: ReadonlyMap<string, string>;
  findings: Finding[];
}

/** Returns the key of a file of a service. Its `content` is a template, to which no reference refers. */
export function fileKey(service: string, path: string): string {
  return variableKey(`${service}.files`, path);
}

/** Reads the files of the repository that services mount. */
export function readMountedFiles(stack: Stack, root: string): MountedFiles {
  const texts = new Map<string, string>();
  const findings = Object.entries(stack.services).flatMap(([name, service]): Finding[] => {
    if (!isCode(service) || service.files === undefined) return [];
    const path = ['services', name, 'files'];
    const problems = service.files.flatMap((file, index): Finding[] => {
      if (file.source === undefined) return [];
      const read = readRepositoryFile(root, file.source, 'a mounted file');
      if ('text' in read) texts.set(fileKey(name, file.path), read.text);
      else return [{ path: [...path, index, 'source'], message: read.problem }];
      return [];
    });
    const sizes = service.files.map((file) =>
      Buffer.byteLength(file.content ?? texts.get(fileKey(name, file.path)) ?? ''),
    );
    const size = sizes.reduce((sum, bytes) => sum + bytes, 0);
    if (size <= maxBytes) return problems;
    const message = `the files of a service have at most ${maxBytes} bytes together, not ${size}; put them into its image`;
    return [...problems, { path, message }];
  });
  return { texts, findings };
}

/** Returns the files of a service with their contents. */
export function mountedFilesOf(
  name: string,
  { files = [] }: Pick<CodeService, 'files'>,
  texts: ReadonlyMap<string, string>,
  templates: ReadonlyMap<string, Template>,
): MountedFile[] {
  return files.map(({ path, source }) => {
    const key = fileKey(name, path);
    return { path, content: source === undefined ? (templates.get(key) ?? []) : [texts.get(key) ?? ''] };
  });
}
