import { definePolicy } from '../define.ts';
import { foreignImages } from '../images.ts';
import { outsideDevelopment } from '../levels.ts';
import { isUnknown, unknownAdvice } from '../unknown.ts';
import { isFloating } from './image-tag.ts';

export const imageDigest = definePolicy({
  name: 'image-digest',
  description:
    'Every image that Railhead does not build is named by its digest, so that what was tested is what runs.',
  levels: outsideDevelopment,
  check: (input) =>
    foreignImages(input)
      .filter(({ image }) => isUnknown(image) || !(/@sha256:[0-9a-f]{64}$/.test(image) || isFloating(image)))
      .map(({ image, path, field, service }) => ({
        path,
        service,
        message: isUnknown(image)
          ? `the image ${unknownAdvice}`
          : `the content of ${image} can change: add its digest, as in ${field}: ${image}@sha256:…`,
      })),
});
