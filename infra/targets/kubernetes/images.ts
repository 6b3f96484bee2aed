import type { Input } from '@pulumi/pulumi';
import { imageOf } from '../../artifacts/image.ts';
import type { Release } from '../../artifacts/types.ts';
import type { CodeService } from '../../stack/schema.ts';

/** The image of a service, and what names it for good before it is built. */
export interface ServiceImage {
  reference: Input<string>;
  id: string;
}

/** @param pushed digests of what was pushed, by artifact; nothing else has one */
export function serviceImage(
  release: Release,
  pushed: Record<string, Input<string>>,
  service: string,
  config: CodeService,
): ServiceImage {
  if (config.kind === 'image') return { reference: config.image, id: config.image };
  const { reference } = imageOf(release, service);
  return { reference: pushed[service] ?? reference, id: reference };
}
