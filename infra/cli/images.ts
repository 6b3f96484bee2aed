import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureImage, pushImage, saveImages } from '../artifacts/docker.ts';
import { buildRelease } from '../artifacts/release.ts';
import { readEnvironment, repositoryRoot, stackFilePath } from '../environment.ts';
import { buildGraph } from '../graph/graph.ts';
import { loadStack } from '../stack/load.ts';
import { UserError } from '../stack/problem.ts';
import { chooseTarget } from '../targets/index.ts';
import { stackOption } from './stack-option.ts';

export const usage =
  'images [-s env] [--out FILE] [--push]  Build the images of an environment; save them for a cluster without a registry, or push.';

/** Prints the name of each image, one a line. Throws UserError. */
export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      ...stackOption,
      out: { type: 'string' },
      push: { type: 'boolean', default: false },
    },
  });
  const environment = readEnvironment(values.stack);
  const target = chooseTarget(environment.target);
  const graph = buildGraph(loadStack(stackFilePath(environment)), values.stack, { target });
  const { containers } = target;
  if (containers === undefined) {
    throw new UserError(`The target ${environment.target} of ${values.stack} runs no containers.`);
  }
  if (values.push && graph.images.registry === undefined) {
    throw new UserError('There is nowhere to push to: write `images: { registry: … }` in the stack file.');
  }
  const progress = console.error;
  const release = await buildRelease(graph, { root: repositoryRoot, preview: false, containers, progress });
  const images = Object.values(release).flatMap(({ image }) => image ?? []);
  for (const image of images) {
    await ensureImage(repositoryRoot, image, progress);
    if (values.push) await pushImage(repositoryRoot, image);
    console.log(image.reference);
  }
  const references = images.map(({ reference }) => reference);
  if (values.out !== undefined) await saveImages(repositoryRoot, references, resolve(values.out));
  return 0;
}
