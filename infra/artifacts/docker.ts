import { capture, type CommandOptions } from '../../tools/command.ts';
import { UserError } from '../../tools/user-error.ts';
import type { Image } from './types.ts';

/** Builds an image, unless the Docker daemon has one of this name, which contains a hash of the inputs. Throws UserError. */
export async function ensureImage(
  root: string,
  image: Image,
  progress: (line: string) => void,
): Promise<void> {
  const { reference, context, dockerfile, target, args } = image;
  const found = await capture('docker', ['image', 'inspect', '--format', '{{.Id}}', reference]);
  if (found.code === 0) return;
  progress(`Building ${reference}`);
  const values = Object.entries(args).flatMap(([name, value]) => ['--build-arg', `${name}=${value}`]);
  const stage = target === undefined ? [] : ['--target', target];
  const named = ['--tag', reference, '--file', dockerfile];
  await docker(['build', '--quiet', ...named, ...stage, ...values, context], { cwd: root });
}

/** Pushes an image to the registry in its name. Throws UserError. */
export async function pushImage(root: string, { reference }: Image): Promise<void> {
  await docker(['push', '--quiet', reference], { cwd: root });
}

/** Saves images to an archive for `docker load`, `kind load image-archive` or `ctr images import`. Throws UserError. */
export async function saveImages(root: string, references: string[], file: string): Promise<void> {
  await docker(['save', '--output', file, ...references], { cwd: root });
}

/** Runs a docker command and returns its output. Throws UserError. */
export async function docker(args: string[], options: CommandOptions = {}): Promise<string> {
  const { code, stdout, problem } = await capture('docker', args, options);
  if (code === 0) return stdout;
  throw new UserError(
    `docker ${args[0]} failed:\n${problem}\nIs the Docker daemon running? Try: docker version`,
  );
}
