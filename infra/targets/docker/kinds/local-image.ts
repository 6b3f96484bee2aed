import { spawnSync } from 'node:child_process';
import * as z from 'zod';
import { ensureImage } from '../../../artifacts/docker.ts';
import { placeSchema, type Kind, type Step } from '../../../provider/kind.ts';

const inputs = placeSchema.extend({
  /** The name of the image, which contains a hash of all that follows. */
  reference: z.string().min(1),
  /** Build context and Dockerfile, relative to the project. */
  context: z.string().min(1),
  dockerfile: z.string().min(1),
  target: z.string().optional(),
  args: z.record(z.string(), z.string()),
  /** The wanted state is always `ready`. A refresh writes the live state, so that the next update builds the image. */
  state: z.string().default('ready'),
});

export type LocalImageInputs = Omit<z.infer<typeof inputs>, 'state'>;

/**
 * The presence of a built image on the daemon. Pulumi's `Image` trusts its record, so an image that was removed, for example
 * by `docker image prune --all`, would be missing until its service changes.
 */
export const localImage: Kind<z.infer<typeof inputs>> = {
  inputs,
  outputs: [],
  secretOutputs: [],
  replaceOn: [],
  ignored: ['root', 'context', 'dockerfile', 'target', 'args'],
  create: ensure,
  update: ensure,
  read({ reference }) {
    const { status } = spawnSync('docker', ['image', 'inspect', reference], { stdio: 'ignore' });
    return status === 0 ? 'ready' : 'stopped';
  },
  delete: () => Promise.resolve(),
};

async function ensure(image: LocalImageInputs, { progress }: Step): Promise<Record<string, string>> {
  await ensureImage(image.root, image, progress);
  return {};
}
