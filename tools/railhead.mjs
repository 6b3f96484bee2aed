#!/usr/bin/env node
/** `railhead` in a clone: runs with any installed Node, even before the dependencies are installed. */
import { join } from 'node:path';
import { bootstrap, root } from './bootstrap.mjs';

process.exitCode = await bootstrap(join(root, 'dist', 'railhead.js'), process.argv.slice(2));
