import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ServiceGraph } from '../graph/types.ts';
import type { PinnedRelease } from '../releases/load.ts';
import type { Finding } from '../stack/finding.ts';
import { StackError } from '../stack/problem.ts';
import type { Store } from '../store/store.ts';
import { artifactsFolder } from './artifacts-folder.ts';
import { planImage, withImage } from './image.ts';
import { neededArtifacts } from './needed.ts';
import { findFolder, placeFolder, type Found } from './pinned-folder.ts';
import { completePin, describePin, matchPins, pinnedImage, type UsedPin } from './pins.ts';
import { signatureProblem, type Signer } from './sign.ts';
import type { DescribedArtifact, DescribedRelease, ProgramName } from './types.ts';
import { UserError } from '../../tools/user-error.ts';

/** A release file, and the store that has its artifacts. */
export interface Pins extends PinnedRelease {
  store: Pick<Store, 'objects' | 'describe'>;
  /** Whose signature each artifact must have. */
  signer?: Signer | undefined;
}

interface Options {
  root: string;
  containers: readonly ProgramName[] | undefined;
  /** In a preview, an altered artifact stays where it is. */
  preview: boolean;
  progress: (line: string) => void;
}

/** An artifact whose files were found. */
interface Taken {
  used: UsedPin;
  artifact: DescribedArtifact;
  /** The folder with its files. Undefined if only its image is used. */
  files: string | undefined;
}

/**
 * Returns the artifacts that a release file names, and builds none. Each is taken from this project or from the store, and has
 * exactly the content of the file. Throws StackError with everything that is missing or altered; then nothing is replaced.
 */
export async function takePinned(
  graph: ServiceGraph,
  pins: Pins,
  options: Options,
): Promise<DescribedRelease> {
  const { root, containers } = options;
  const { used, findings } = matchPins(neededArtifacts(graph, containers), pins);
  const temporary = await makeTemporary(root);
  try {
    const wanted = used.map((each) => ({ used: each, artifact: describePin(root, graph, pins.file, each) }));
    const found = await Promise.all(wanted.map((each) => find(each, pins, temporary, options)));
    const placed = await Promise.all(accept(pins, found, findings).map((each) => place(each, pins, options)));
    const artifacts = await Promise.all(
      accept(pins, placed).map(({ artifact, used: each, files }) =>
        completePin(root, graph, artifact, each, files),
      ),
    );
    return Object.fromEntries(artifacts.map((artifact) => [artifact.service, artifact]));
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

/** Returns what a release file names, as plain data: nothing is read but the file. Throws StackError. */
export function listPinned(
  graph: ServiceGraph,
  pins: PinnedRelease,
  { root, containers }: Pick<Options, 'root' | 'containers'>,
): DescribedRelease {
  const { used, findings } = matchPins(neededArtifacts(graph, containers), pins);
  const artifacts = accept(pins, used, findings).map((each): DescribedArtifact => {
    const artifact = describePin(root, graph, pins.file, each);
    const { image } = each.pin;
    if (!each.isImage) return artifact;
    if (image === undefined) return withImage(artifact, planImage(root, graph, artifact));
    return { ...artifact, image: pinnedImage(image) };
  });
  return Object.fromEntries(artifacts.map((artifact) => [artifact.service, artifact]));
}

/** Returns a new folder on the file system of the artifacts, to which folders can be renamed. */
async function makeTemporary(root: string): Promise<string> {
  const parent = artifactsFolder(root);
  await mkdir(parent, { recursive: true });
  return mkdtemp(join(parent, '.taken-'));
}

async function find(
  wanted: Omit<Taken, 'files'>,
  { store, signer }: Pins,
  temporary: string,
  options: Options,
): Promise<Taken | Finding> {
  const { service, pin } = wanted.used;
  const message = signer && (await signatureProblem(pin, store, signer).catch(messageOf));
  if (message !== undefined) return { path: ['artifacts', service], message };
  const folder = folderOf(wanted);
  if (folder === undefined) return { ...wanted, files: undefined };
  return asTaken(wanted, await findFolder(folder, temporary, { ...options, store }));
}

/** A signature that cannot be read is reported with the line of its artifact, as one that is missing. */
function messageOf(error: unknown): string {
  if (error instanceof UserError) return error.message;
  throw error;
}

async function place(taken: Taken, { store }: Pins, options: Options): Promise<Taken | Finding> {
  const folder = folderOf(taken);
  if (folder === undefined || taken.files === undefined) return taken;
  return asTaken(taken, await placeFolder(taken.files, folder, { ...options, store }));
}

function folderOf({ used: { service, pin }, artifact: { path } }: Omit<Taken, 'files'>) {
  return pin.content === undefined ? undefined : { service, path, content: pin.content };
}

function asTaken({ used, artifact }: Omit<Taken, 'files'>, found: Found): Taken | Finding {
  return 'files' in found
    ? { used, artifact, files: found.files }
    : { path: ['artifacts', used.service, 'content'], message: found.problem };
}

/** Returns what was found. Throws StackError if there are findings. */
function accept<T extends object>(
  { file, place: placeIn }: PinnedRelease,
  results: readonly (T | Finding)[],
  findings: readonly Finding[] = [],
): T[] {
  const isFinding = (result: T | Finding): result is Finding => 'message' in result;
  const all = [...findings, ...results.filter(isFinding)];
  if (all.length === 0) return results.filter((result): result is T => !isFinding(result));
  throw new StackError(placeIn(all), [
    '',
    `\`up\` cannot deploy ${file}, so it changed nothing. Next: add the artifacts to the store, or correct the file.`,
  ]);
}
