import { resolve } from 'node:path';
import { Command } from '@commander-js/extra-typings';
import { ensureImage, pushImage, saveImages } from '../artifacts/docker.ts';
import { openPins } from '../artifacts/open-pins.ts';
import { buildRelease } from '../artifacts/release.ts';
import { readEnvironment, stackFilePath } from '../common/environment.ts';
import { projectRoot } from '../common/roots.ts';
import { defaultEnvironment } from '../common/default-environment.ts';
import { openContext } from '../program/context.ts';
import { UserError } from '../../tools/user-error.ts';
import { openEngine } from './engine-call.ts';
import { getSecret } from './secret-config.ts';
import { stackOption, valueOption } from './options.ts';

export const command = new Command('images')
  .description('Build the images of an environment and print their names.')
  .addOption(stackOption())
  .addOption(valueOption('--out <file>', 'save them as an archive, for a cluster without a registry'))
  .option('--push', 'push them to the registry that the stack file names')
  .action(({ stack = defaultEnvironment(), out, push = false }) => buildImages(stack, out, push));

/**
 * Builds the images of an environment and prints their references; saves or pushes them if asked to. Throws UserError.
 */
async function buildImages(stack: string, out: string | undefined, push: boolean): Promise<void> {
  const environment = readEnvironment(stack);
  const { target, graph } = await openContext({
    ...environment,
    stackFile: stackFilePath(environment),
    secrets: undefined,
  });
  const { name, containers } = target;
  if (containers === undefined) {
    throw new UserError(`The target ${name} of ${stack} runs no containers.`);
  }
  if (push && graph.images.registry === undefined) {
    throw new UserError('The stack file names no registry to push to. Add one: `images: { registry: … }`.');
  }
  const progress = console.error;
  const root = projectRoot();
  const pins = openPins(environment, root);
  const secretOf = async (secret: string) => getSecret(await openEngine(stack), stack, secret);
  const release = await buildRelease(graph, { root, preview: false, containers, progress, pins, secretOf });
  const built = Object.values(release).flatMap(({ image }) => (image && !image.isPinned ? [image] : []));
  // Services with the same build share an image.
  const images = [...new Map(built.map((image) => [image.reference, image])).values()];
  for (const image of images) {
    await ensureImage(root, image, progress);
    if (push) await pushImage(root, image);
    console.log(image.reference);
  }
  const references = images.map(({ reference }) => reference);
  if (out !== undefined) await saveImages(root, references, resolve(out));
}
