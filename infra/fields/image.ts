import * as z from 'zod';

const imageRule = 'an image, such as ghcr.io/acme/api:1.4';

/** An image reference, preferably with a digest. */
export const image = z.string(imageRule).regex(/^[a-z0-9][\w./:@-]*$/, imageRule);
