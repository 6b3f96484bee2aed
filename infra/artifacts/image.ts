import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import type { ServiceGraph } from '../graph/types.ts';
import { execForm } from './commands.ts';
import { defaultStart } from './entries.ts';
import type { Artifact, Image, Release } from './types.ts';

/** Everything that is copied is root's, and the service runs as this user and group: it cannot change itself. */
export const imageUser = 10001;

/** The image of an artifact; writes its Dockerfile beside it. */
export async function describeImage(root: string, graph: ServiceGraph, artifact: Artifact): Promise<Image> {
  const { service, path } = artifact;
  const node = graph.services.find(({ name }) => name === service);
  const config = node?.config.kind === 'source' ? node.config : undefined;
  const context = relative(root, path);
  const args = config === undefined ? {} : plainValues(config.buildVariables, node?.variables ?? {});
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
 * For every service of Node: the bundle alone, on the base image. The first stage gives all files the same modes,
 * whatever the umask of who built them.
 */
function nodeDockerfile(base: string, start: string, volume: string | undefined): string {
  const user = String(imageUser);
  // A new volume takes the owner of the folder that it is mounted on.
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

/** What a container is made from before anything has a digest: the image of a service, or of a program of ours. */
export function imageOf(release: Release, artifact: string): Image {
  const image = release[artifact]?.image;
  if (image === undefined) throw new Error(`the release has no image of ${artifact}`);
  return image;
}

function nameOf({ name, images }: ServiceGraph, service: string, hash: string): string {
  return [images.registry, name, `${service}:${hash}`].filter((part) => part !== undefined).join('/');
}

/** Values of variables that are plain text; the graph has refused all others. */
function plainValues(names: string[], variables: Record<string, unknown[]>): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, (variables[name] ?? []).map(String).join('')]));
}

function hashOf(...parts: string[]): string {
  return createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 16);
}
