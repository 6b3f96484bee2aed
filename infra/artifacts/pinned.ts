import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { basename, relative } from 'node:path';
import type { ServiceGraph } from '../graph/types.ts';
import type { PinnedRelease } from '../releases/load.ts';
import type { Finding } from '../stack/finding.ts';
import { formatProblems, sortProblems } from '../stack/problem.ts';
import { contentOf } from '../store/archive.ts';
import type { Store } from '../store/store.ts';
import { UserError } from '../../tools/user-error.ts';
import { planImage, withImage } from './image.ts';
import { neededArtifacts } from './needed.ts';
import { completePin, describePin, matchPins, pinnedImage, type UsedPin } from './pins.ts';
import { materialise } from './plan.ts';
import type { DescribedArtifact, DescribedRelease, ProgramName } from './types.ts';

/** A release file, and the store that has its artifacts. */
export interface Pins extends PinnedRelease {
  store: Store;
}

interface Options {
  root: string;
  containers: readonly ProgramName[] | undefined;
  progress: (line: string) => void;
}

/**
 * Returns the artifacts that a release file names, and builds none. Each is taken from this project or from the store, and has
 * exactly the content of the file. Throws UserError with everything that is missing or altered.
 */
export async function takePinned(
  graph: ServiceGraph,
  pins: Pins,
  options: Options,
): Promise<DescribedRelease> {
  const { used, findings } = matchPins(neededArtifacts(graph, options.containers), pins);
  const taken = await Promise.all(used.map((pin) => take(graph, pins, options, pin)));
  const problems = [...findings, ...taken.filter(isFinding)];
  if (problems.length > 0) throw refusal(pins, problems);
  const artifacts = taken.filter((result): result is DescribedArtifact => !isFinding(result));
  return Object.fromEntries(artifacts.map((artifact) => [artifact.service, artifact]));
}

/** Returns what a release file names, as plain data: nothing is read but the file. Throws UserError. */
export function listPinned(
  graph: ServiceGraph,
  pins: PinnedRelease,
  { root, containers }: Pick<Options, 'root' | 'containers'>,
): DescribedRelease {
  const { used, findings } = matchPins(neededArtifacts(graph, containers), pins);
  if (findings.length > 0) throw refusal(pins, findings);
  const artifacts = used.map((each): DescribedArtifact => {
    const artifact = describePin(root, graph, pins.file, each);
    const { image } = each.pin;
    if (!each.isImage) return artifact;
    if (image === undefined) return withImage(artifact, planImage(root, graph, artifact));
    return { ...artifact, image: pinnedImage(image) };
  });
  return Object.fromEntries(artifacts.map((artifact) => [artifact.service, artifact]));
}

async function take(
  graph: ServiceGraph,
  pins: Pins,
  { root, progress }: Options,
  used: UsedPin,
): Promise<DescribedArtifact | Finding> {
  const artifact = describePin(root, graph, pins.file, used);
  const { content } = used.pin;
  const problem =
    content === undefined ? undefined : await provide(root, artifact, content, pins.store, progress);
  if (problem !== undefined) return { path: ['artifacts', used.service, 'content'], message: problem };
  return completePin(root, graph, artifact, used);
}

/** Makes the folder of an artifact have this content. Returns the problem if it cannot. */
async function provide(
  root: string,
  { service, path }: DescribedArtifact,
  content: string,
  store: Store,
  progress: Options['progress'],
): Promise<string | undefined> {
  const found = existsSync(path) ? await contentOf(path) : undefined;
  if (found === content) return undefined;
  const shown = relative(root, path);
  const wrong = found === undefined ? `${shown} does not exist` : `${shown} was altered, it is ${found}`;
  if (!(await store.objects.has(content))) return `${wrong}, and ${store.describe()} does not have it`;
  try {
    await materialise(path, async (folder) => {
      progress(`Taking ${service} from ${store.describe()}`);
      await store.objects.fetch(content, folder);
      if (found !== undefined) progress(`${shown} was altered; it is kept as ${await setAside(path)}`);
    });
  } catch (error) {
    if (error instanceof UserError) return `${wrong}, and ${error.message}`;
    throw error;
  }
}

/** Renames a folder. A replica that runs in it keeps it as its current folder. Returns the new name. */
async function setAside(path: string): Promise<string> {
  const other = `${path}-altered-${randomUUID().slice(0, 8)}`;
  await rename(path, other);
  return basename(other);
}

function isFinding(result: DescribedArtifact | Finding): result is Finding {
  return 'message' in result;
}

function refusal({ file, place }: PinnedRelease, findings: Finding[]): UserError {
  const problems = formatProblems(sortProblems(place(findings)));
  return new UserError(
    [...problems, '', `The release of ${file} cannot run. Nothing was changed.`].join('\n'),
  );
}
