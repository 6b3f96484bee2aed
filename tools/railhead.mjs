#!/usr/bin/env node
/** `npx railhead`: starts with whatever Node is there, also before anything is installed. */
import { join } from 'node:path';
import { bootstrap, root } from './bootstrap.mjs';

process.exitCode = await bootstrap(join(root, 'infra', 'cli', 'railhead.ts'), process.argv.slice(2));
