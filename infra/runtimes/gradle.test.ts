import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { lacksProgram, unless } from '../../tools/testing/unless.ts';
import { detectRuntime } from './detect.ts';
import { openFolder } from './folder.ts';
import { scratch } from '../stack/scratch.ts';

const main = `class Main { public static void main(String[] args) { System.out.print("from Gradle"); } }\n`;
const gradle = {
  'an application': "plugins {\n  id 'application'\n}\nmainClassName = 'Main'\n",
  'one jar': "apply plugin: 'java'\njar { manifest { attributes 'Main-Class': 'Main' } }\n",
};

for (const [name, text] of Object.entries(gradle))
  unless(lacksProgram('gradle', '--version')).test(`the default commands build and start ${name}`, (t) => {
    // The folder of a build has a name that Gradle accepts for no project.
    const files = { '.api-0/build.gradle': text, '.api-0/src/main/java/Main.java': main };
    const cwd = join(scratch(t, files), '.api-0');
    const { build = '', start = '' } = detectRuntime(openFolder(cwd), undefined, {});
    for (const command of [build, start]) {
      const { status, stdout, stderr } = spawnSync('/bin/sh', ['-c', command], { cwd, encoding: 'utf8' });
      assert.equal(status, 0, stdout + stderr);
      if (command === start) assert.equal(stdout, 'from Gradle');
    }
  });
