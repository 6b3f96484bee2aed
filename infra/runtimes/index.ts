import type { RuntimeKind } from './kind.ts';
import { registered } from './registry.ts';

export type RuntimeName = keyof typeof registered;

/** The runtime of a service, and where it is named: in the stack file, in a command or in a file of the folder. */
export interface Runtime {
  name: RuntimeName;
  version?: string | undefined;
  reason?: string | undefined;
}

/** Every runtime by its name, in the order in which detection looks for their files. */
export const runtimeKinds: Readonly<Record<RuntimeName, RuntimeKind>> = registered;

export const runtimeNames = Object.keys(registered) as RuntimeName[];

/** The runtimes that have an image of their own, which a stack file can replace. The others have that of Node. */
export type ImageName = {
  [Name in RuntimeName]: (typeof registered)[Name] extends { image: object } ? Name : never;
}[RuntimeName];

export const imageNames = runtimeNames.filter(hasImage);

/** The image on which compiled programs run. It has a shell and the certificates of public authorities. */
export const programImage = 'alpine:3.22';

type Images = { node: string; base?: string | undefined } & { [Name in ImageName]?: string | undefined };

/** Returns the images in which a service is built and on which it runs. */
export function runtimeImages(images: Images, { name, version }: Runtime): { build: string; run: string } {
  if (!hasImage(name)) return { build: images.node, run: images.node };
  const { compiles, image } = runtimeKinds[name];
  const own = images[name];
  const build = own ?? officialImage(name, version);
  if (compiles === true) return { build, run: images.base ?? programImage };
  return { build, run: own ?? image?.run?.(version ?? image.version) ?? build };
}

/** Returns the image of a runtime in which services are built, unless a stack file replaces it. */
export function officialImage(name: ImageName, version?: string): string {
  const { image } = registered[name];
  return image.reference(version ?? image.version);
}

/**
 * Returns the images of a runtime that a stack file replaces with one, as text: `maven:3-eclipse-temurin-21 and
 * eclipse-temurin:21-jre`.
 */
export function replacedImages(name: ImageName, version: string): string {
  const image: RuntimeKind['image'] = registered[name].image;
  return [image.reference(version), image.run?.(version)].filter(Boolean).join(' and ');
}

/** Returns a runtime as text: `python 3.12 (requirements.txt)`. */
export function describeRuntime({ name, version, reason }: Runtime): string {
  return [name, version, reason && `(${reason})`].filter((part) => part !== undefined).join(' ');
}

/** Whether a service runs on the image of Node, so that Railhead's programs run there too. */
export function runsOnNode(runtime: Runtime | undefined): boolean {
  return runtime === undefined || !hasImage(runtime.name);
}

function hasImage(name: RuntimeName): name is ImageName {
  return runtimeKinds[name].image !== undefined;
}
