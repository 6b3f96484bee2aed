import type { Input } from '@pulumi/pulumi';
import type { Release } from '../../artifacts/types.ts';
import type { CodeService } from '../../stack/schema.ts';

/** The image of a service, and what names it for good before it is built. */
export interface ServiceImage {
  reference: Input<string>;
  id: string;
}

/** @param pushed digests of what was pushed, by artifact; nothing else has one */
export function imageOf(
  release: Release,
  pushed: Record<string, Input<string>>,
  service: string,
  config: CodeService,
): ServiceImage {
  if (config.kind === 'image') return { reference: config.image, id: config.image };
  const image = release[service]?.image;
  if (image === undefined) throw new Error(`the release has no image of ${service}`);
  return { reference: pushed[service] ?? image.reference, id: image.reference };
}
