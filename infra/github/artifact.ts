import * as z from 'zod';
import { previewDocumentSchema, type PreviewDocument } from '../changes/model.ts';
import { UserError } from '../../tools/user-error.ts';
import type { GitHub } from './client.ts';
import type { PreviewRun } from './event.ts';
import { readZipEntry, TooLong } from './zip.ts';

/** The files that `action/preview` uploads. */
export const artifactName = 'railhead-preview';
export const documentFile = 'preview.json';
export const numberFile = 'pull-request';

const longestArchive = 20 * 1024 ** 2;
/** A preview of 300 changed services in four environments has 3 MB. */
const longestDocument = 16 * 1024 ** 2;

const artifactsSchema = z.object({
  artifacts: z.array(
    z.object({ id: z.int(), name: z.string(), size_in_bytes: z.int(), expired: z.boolean() }),
  ),
});

/** What a run handed over. The code of a pull request may have written it. */
export interface HandedOver {
  document: PreviewDocument;
  /** The pull request that the run says it belongs to. */
  number: number;
}

/** A file that is not what `action/preview` writes. Its text never occurs in the message, which goes into the log. */
export class RefusedFile extends UserError {
  override name = 'RefusedFile';
}

/** A preview that may be a valid one, but is longer than this program reads. */
export class LongPreview extends RefusedFile {
  override name = 'LongPreview';
}

/** Downloads the artifact of a run and checks it. Returns undefined if there is none. Throws RefusedFile. */
export async function readArtifact(
  github: GitHub,
  { repository, id }: PreviewRun,
): Promise<HandedOver | undefined> {
  const path = `/repos/${repository}/actions/runs/${id}/artifacts?per_page=100&name=${artifactName}`;
  const { artifacts } = await github.send(artifactsSchema, 'GET', path);
  const artifact = artifacts.filter(({ name, expired }) => name === artifactName && !expired).at(0);
  if (artifact === undefined) return undefined;
  if (artifact.size_in_bytes > longestArchive) throw new RefusedFile(`The artifact has more than 20 MiB.`);
  const archive = await github.download(`/repos/${repository}/actions/artifacts/${artifact.id}/zip`);
  const number = entry(archive, numberFile, 20).trim();
  if (!/^[1-9]\d{0,9}$/.test(number))
    throw new RefusedFile(`${numberFile} is not the number of a pull request.`);
  return { number: Number(number), document: parseDocument(entry(archive, documentFile, longestDocument)) };
}

function entry(archive: Buffer, name: string, limit: number): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readZipEntry(archive, name, limit));
  } catch (error) {
    // The messages of zip.ts and of TextDecoder contain nothing of the archive.
    const Refusal = error instanceof TooLong && name === documentFile ? LongPreview : RefusedFile;
    throw new Refusal(`The artifact is refused: ${(error as Error).message}.`);
  }
}

function parseDocument(text: string): PreviewDocument {
  const { data, error } = previewDocumentSchema.safeParse(parseJson(text));
  if (data !== undefined) return data;
  const places = error.issues.slice(0, 5).map(({ path }) => path.map(step).join('.') || 'the document');
  throw new RefusedFile(
    `${documentFile} is not a preview of this version of Railhead (${error.issues.length} problems, first: ${places.join(', ')}).`,
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new RefusedFile(`${documentFile} is not JSON.`);
  }
}

/** Shows a step of a path only if it is a name of the schema or an index: other keys are text of the file. */
function step(key: PropertyKey): string {
  return /^\w{1,20}$/.test(String(key)) ? String(key) : '…';
}
