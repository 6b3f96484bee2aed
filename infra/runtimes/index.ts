import type { RuntimeKind } from './kind.ts';
import * as registered from './registry.ts';

export type RuntimeName = keyof typeof registered;

/** The runtime of a service, and where it is named: in the stack file, in a command or in a file of the folder. */
export interface Runtime {
  name: RuntimeName;
  version?: string | undefined;
  reason?: string | undefined;
}

/** Every runtime by its name, in the order in which files are looked for. */
export const runtimeKinds: Readonly<Record<RuntimeName, RuntimeKind>> = {
  go: registered.go,
  python: registered.python,
  node: registered.node,
  static: registered.static,
};

export const runtimeNames = Object.keys(runtimeKinds) as RuntimeName[];

/** The runtimes whose image a stack file can replace. A static site has that of Node. */
export const imageNames = ['go', 'python'] as const satisfies RuntimeName[];

/** The image on which compiled programs run. It has a shell and the certificates of public authorities. */
export const programImage = 'alpine:3.22';

type Images = { node: string; base?: string | undefined } & {
  [Name in (typeof imageNames)[number]]?: string | undefined;
};

/** Returns the images in which a service is built and on which it runs. */
export function runtimeImages(images: Images, { name, version }: Runtime): { build: string; run: string } {
  if (name === 'node' || name === 'static') return { build: images.node, run: images.node };
  const kind = runtimeKinds[name];
  const build = images[name] ?? kind.image(version ?? kind.version ?? 'latest');
  return { build, run: kind.compiles === true ? (images.base ?? programImage) : build };
}

/** Returns a runtime as text: `python 3.12 (requirements.txt)`. */
export function describeRuntime({ name, version, reason }: Runtime): string {
  return [name, version, reason && `(${reason})`].filter((part) => part !== undefined).join(' ');
}

/** Whether a service runs on the image of Node, so that Railhead's programs run there too. */
export function runsOnNode(runtime: Runtime | undefined): boolean {
  return runtime === undefined || runtime.name === 'node' || runtime.name === 'static';
}
