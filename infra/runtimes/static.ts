import { node } from './node.ts';
import type { RuntimeKind } from './kind.ts';

/** The program in the artifact of a static site that serves its files. */
export const siteServer = 'railhead-site.js';

/** Static files: Railhead's own server serves them, on the image of Node. */
export const static_ = {
  contents: 'Node',
  programs: node.programs,
  markers: ['index.html', 'public/index.html'],
  caches: ['/root/.npm'],
  environment: {},
  start: () => `node ${siteServer}`,
} as const satisfies RuntimeKind;
