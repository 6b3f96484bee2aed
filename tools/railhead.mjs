#!/usr/bin/env node
/** `npx --no -- railhead`: runs with any installed Node, even before the dependencies are installed. */
import { join } from 'node:path';
import { bootstrap, root } from './bootstrap.mjs';

process.exitCode = await bootstrap(join(root, 'infra', 'cli', 'railhead.ts'), process.argv.slice(2));
