import type { Input } from '@pulumi/pulumi';
import type { Release } from '../../artifacts/types.ts';
import type { CodeService } from '../../stack/schema.ts';

/** The image of a service, and what names it for good before it is built. */
export interface ServiceImage {
  reference: Input<string>;
  id: string;
}

export function imageOf(release: Release, service: string, config: CodeService): ServiceImage {
  if (config.kind === 'image') return { reference: config.image, id: config.image };
  const image = release[service]?.image;
  if (image === undefined) throw new Error(`the release has no image of ${service}`);
  return { reference: image.reference, id: image.reference };
}
