import { definePolicy } from '../define.ts';
import { foreignImages } from '../images.ts';
import { adviceInDevelopment } from '../levels.ts';
import { isUnknown } from '../unknown.ts';

export const imageTag = definePolicy({
  name: 'image-tag',
  description: 'No image has the tag "latest", or no tag, which means the same.',
  levels: adviceInDevelopment,
  check: (input) =>
    foreignImages(input)
      .filter(({ image }) => isFloating(image))
      .map(({ image, path, field, service }) => ({
        path,
        service,
        message: `the tag of ${image} moves with each release: name a version in ${field}`,
      })),
});

/** Returns whether an image has neither a digest nor a tag other than `latest`. */
export function isFloating(image: string): boolean {
  if (image.includes('@') || isUnknown(image)) return false;
  return /:latest$/.test(image) || !/:[^/:]+$/.test(image);
}
