import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import type { ServiceGraph } from '../graph/types.ts';
import { execForm } from './commands.ts';
import { defaultStart } from './entries.ts';
import type { Artifact, Image, Release } from './types.ts';

/** User and group of services in containers. Copied files belong to root, so a service cannot change its own code. */
export const imageUser = 10001;

/**
 * Describes the image of an artifact. Writes its Dockerfile next to the artifact's folder, unless the service has one.
 */
export async function describeImage(root: string, graph: ServiceGraph, artifact: Artifact): Promise<Image> {
  const { service, path } = artifact;
  const node = graph.services.find(({ name }) => name === service);
  const code = node?.form === 'code' ? node : undefined;
  const config = code?.config.kind === 'source' ? code.config : undefined;
  const context = relative(root, path);
  const args = config === undefined ? {} : plainValues(config.buildVariables, code?.variables ?? {});
  if (config?.dockerfile !== undefined) {
    const hash = hashOf(artifact.hash, config.dockerfile, JSON.stringify(args));
    return {
      reference: nameOf(graph, service, hash),
      context,
      dockerfile: join(context, config.dockerfile),
      args,
    };
  }
  const text = nodeDockerfile(graph.images.node, config?.start ?? defaultStart, config?.volume?.path);
  const hash = hashOf(artifact.hash, text);
  const dockerfile = join(dirname(context), `${service}-${hash}.Dockerfile`);
  await mkdir(join(root, dirname(dockerfile)), { recursive: true });
  await writeFile(join(root, dockerfile), text);
  return { reference: nameOf(graph, service, hash), context, dockerfile, args };
}

/**
 * Returns the Dockerfile of Node services: the bundle on the base image. The first stage sets the modes of all files,
 * so that they do not depend on the umask of the user who built them.
 */
function nodeDockerfile(base: string, start: string, volume: string | undefined): string {
  const user = String(imageUser);
  // Docker sets the owner of a new volume to that of the folder where it is mounted.
  const folder = volume && `RUN ${JSON.stringify(['install', '-d', '-o', user, '-g', user, volume])}\n`;
  return `FROM ${base} AS files
COPY . /app
RUN chmod -R u=rwX,go=rX /app

FROM ${base}
ENV NODE_ENV=production
WORKDIR /app
COPY --from=files /app /app
${folder ?? ''}USER ${imageUser}:${imageUser}
CMD ${JSON.stringify(execForm(start))}
`;
}

/** Returns the image of a service or of one of railhead's programs. It has no digest yet. */
export function imageOf(release: Release, artifact: string): Image {
  const image = release[artifact]?.image;
  if (image === undefined) throw new Error(`the release has no image of ${artifact}`);
  return image;
}

function nameOf({ name, images }: ServiceGraph, service: string, hash: string): string {
  return [images.registry, name, `${service}:${hash}`].filter((part) => part !== undefined).join('/');
}

/** Returns the values of build variables. They are plain text, since the graph rejects all others. */
function plainValues(names: string[], variables: Record<string, unknown[]>): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, (variables[name] ?? []).map(String).join('')]));
}

function hashOf(...parts: string[]): string {
  return createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 16);
}
