import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fewAtATime } from '../common/few-at-a-time.ts';
import { migrationFiles } from '../graph/migrations.ts';
import type { ServiceGraph } from '../graph/types.ts';
import type { PinnedRelease } from '../releases/load.ts';
import type { Pin } from '../releases/schema.ts';
import type { Finding } from '../stack/finding.ts';
import { buildContext } from '../stack/dockerfile.ts';
import { suggest } from '../stack/nearest.ts';
import { artifactsFolder } from './artifacts-folder.ts';
import { shorten } from './describe.ts';
import { addImage } from './image.ts';
import { artifactName } from './name.ts';
import type { NeededArtifact } from './needed.ts';
import type { DescribedArtifact, Image } from './types.ts';

/** A pin with the artifact that needs it. */
export interface UsedPin extends NeededArtifact {
  pin: Pin;
}

/** Finds the pins of the needed artifacts. Reports artifacts without a pin, and pins without an artifact. */
export function matchPins(
  needed: readonly NeededArtifact[],
  { release: { artifacts } }: Pick<PinnedRelease, 'release'>,
): { used: UsedPin[]; findings: Finding[] } {
  const names = needed.map(({ service }) => service);
  const found = needed.map((artifact) => ({ ...artifact, pin: artifacts[artifact.service] }));
  const used = found.filter((artifact): artifact is UsedPin => artifact.pin !== undefined);
  const findings = [
    ...found.flatMap(({ service, pin }): Finding[] =>
      pin === undefined ? [{ path: ['artifacts'], message: `has no artifact of ${service}` }] : [],
    ),
    ...used.flatMap(({ service, isImage, pin }): Finding[] =>
      pin.content === undefined && !isImage
        ? [{ path: ['artifacts', service], message: 'has no content: it does not run as an image here' }]
        : [],
    ),
    ...Object.keys(artifacts)
      .filter((name) => !names.includes(name))
      .map((name): Finding => {
        const message = `nothing in the stack file is built as ${JSON.stringify(name)}; ${suggest(name, names)}`;
        return { path: ['artifacts', name], ofKey: true, message };
      }),
  ];
  return { used, findings };
}

/** Returns the artifact of a pin. Its folder may not exist. */
export function describePin(
  root: string,
  graph: ServiceGraph,
  file: string,
  { service, isImage, pin }: UsedPin,
): DescribedArtifact {
  const { hash, content, image, buildVariables } = pin;
  const name = artifactName({ hash, pinned: content });
  const path = join(artifactsFolder(root), `${service}-${name}`);
  const pinned = isImage && image !== undefined ? image.replace(/^.*@/, '') : content;
  const folder = sourceOf(graph, service)?.source ?? '';
  const built = buildVariables === undefined ? {} : { buildVariables };
  const inputs = { folder, files: {}, packages: {}, settings: '', release: file, ...built };
  return {
    ...{ service, hash, path, inputs },
    ...(content !== undefined && { content }),
    ...(pinned !== undefined && { pinned }),
  };
}

/**
 * Adds the image of a pin to its artifact, and the migrations that the artifact contains.
 *
 * @param files the folder with its files
 */
export async function completePin(
  root: string,
  graph: ServiceGraph,
  artifact: DescribedArtifact,
  { isImage, pin }: UsedPin,
  files: string | undefined,
): Promise<DescribedArtifact> {
  const migrations = files === undefined ? [] : await migrationsIn(graph, artifact.service, files);
  const inputs = { ...artifact.inputs, ...(migrations.length > 0 && { migrations }) };
  const described = { ...artifact, inputs };
  if (!isImage) return described;
  return pin.image === undefined
    ? addImage(root, graph, described)
    : { ...described, image: pinnedImage(pin.image) };
}

/** Returns an image that nothing is built for. */
export function pinnedImage(reference: string): Image {
  return { reference, context: '', dockerfile: '', args: {}, isPinned: true };
}

/** Lists the migrations in an artifact, which contains them at the same paths as its source. */
async function migrationsIn(
  graph: ServiceGraph,
  service: string,
  folder: string,
): Promise<[string, string][]> {
  const config = sourceOf(graph, service);
  const pattern = config?.preDeploy?.migrations;
  if (config === undefined || pattern === undefined) return [];
  // A build context contains the source folder.
  const inside = join(folder, relative(buildContext(config), config.source));
  return Promise.all(
    migrationFiles(inside, pattern).map(async (file): Promise<[string, string]> => {
      const hash = createHash('sha256').update(await fewAtATime(() => readFile(join(inside, file))));
      return [file, shorten(hash.digest('hex'))];
    }),
  );
}

function sourceOf({ services }: ServiceGraph, service: string) {
  const node = services.find(({ name }) => name === service);
  return node?.form === 'code' && node.config.kind === 'source' ? node.config : undefined;
}
