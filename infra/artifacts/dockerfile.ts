import { runtimeKinds, type Runtime } from '../runtimes/index.ts';
import { imageFolder } from './build-in-image.ts';
import { execForm } from './commands.ts';

/** User and group of services in containers. Copied files belong to root, so a service cannot change its own code. */
export const imageUser = 10001;

interface Layers {
  runtime: Runtime;
  start: string;
  /** Mount paths of volumes. */
  volumes: string[];
  /** Whether a build has installed the packages of the artifact. */
  isBuilt: boolean;
}

/**
 * Returns the Dockerfile of an artifact: its files on the base image of the runtime. The first stage sets the modes of all files, so
 * that they do not depend on the umask of the user who built them. Installed packages are a layer below the code, which changes more
 * often.
 */
export function dockerfileText(base: string, { runtime, start, volumes, isBuilt }: Layers): string {
  const user = String(imageUser);
  const { environment, path, packages } = runtimeKinds[runtime.name];
  const folder = isBuilt && packages !== undefined ? `${imageFolder}/${packages}` : undefined;
  return [
    `FROM ${base} AS files`,
    `COPY . ${imageFolder}`,
    `RUN chmod -R u=rwX,go=rX ${imageFolder}`,
    ...(folder === undefined ? [] : [`RUN mkdir -p ${folder} && mv ${folder} /packages`]),
    '',
    `FROM ${base}`,
    'ENV NODE_ENV=production',
    ...Object.entries(environment).map(([name, value]) => `ENV ${name}=${value}`),
    ...(path === undefined ? [] : [`ENV PATH=${imageFolder}/${path}:$PATH`]),
    `WORKDIR ${imageFolder}`,
    ...(folder === undefined ? [] : [`COPY --from=files /packages ${folder}`]),
    `COPY --from=files ${imageFolder} ${imageFolder}`,
    // Docker sets the owner of a new volume to that of the folder where it is mounted.
    ...(volumes.length > 0
      ? [`RUN ${JSON.stringify(['install', '-d', '-o', user, '-g', user, ...volumes])}`]
      : []),
    `USER ${user}:${user}`,
    `CMD ${JSON.stringify(execForm(start))}`,
    '',
  ].join('\n');
}
