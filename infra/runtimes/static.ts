import type { RuntimeKind } from './kind.ts';
import { siteBuilder } from './node-start.ts';
import { node } from './node.ts';
import { packageManager } from './packages.ts';

/** The program in the artifact of a static site that serves its files. */
export const siteServer = 'railhead-site.js';

/** Static files: Railhead's own server serves them, on the image of Node. */
export const static_ = {
  contents: 'Node',
  programs: node.programs,
  markers: ['index.html', 'public/index.html'],
  caches: ['/root/.npm'],
  environment: {},
  shownBy: siteBuilder,
  setup: node.setup,
  install: node.install,
  compile: node.compile,
  build: (folder) => {
    if (siteBuilder(folder) === undefined) return undefined;
    const { install, program } = packageManager(folder);
    return `${install} && ${program} run build && rm -rf node_modules`;
  },
  start: () => `node ${siteServer}`,
} as const satisfies RuntimeKind;
