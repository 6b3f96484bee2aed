import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { TestContext } from 'vitest';
import { scratch } from '../../stack/scratch.ts';

/** A repository in a temporary folder. */
export interface TestRepository {
  root: string;
  git: (...args: string[]) => string;
  /** Writes files, removes those without content, and commits everything. Returns the hash. */
  commit: (files: Record<string, string | undefined>, subject?: string) => string;
}

/** Makes a repository. It is the current folder until the end of the test, unless `below` names a folder in it. */
export function testRepository(t: TestContext, below = '.'): TestRepository {
  const root = scratch(t, { [`${below}/`]: '' });
  const git = (...args: string[]) =>
    execFileSync(
      'git',
      ['-c', 'user.name=a', '-c', 'user.email=a@b', '-c', 'commit.gpgSign=false', ...args],
      {
        cwd: root,
        encoding: 'utf8',
      },
    ).trim();
  git('init', '-q', '-b', 'main');
  const before = process.cwd();
  process.chdir(join(root, below));
  t.onTestFinished(() => process.chdir(before));
  return {
    root,
    git,
    commit: (files, subject = 'change') => {
      for (const [path, text] of Object.entries(files)) {
        const file = join(root, path);
        mkdirSync(dirname(file), { recursive: true });
        if (text === undefined) rmSync(file);
        else writeFileSync(file, text);
      }
      git('add', '--all', '--force');
      git('commit', '-q', '--allow-empty', '-m', subject);
      return git('rev-parse', 'HEAD');
    },
  };
}

/** A project with a service, a database and the environments `dev` and `prod`. */
export const project = {
  'Pulumi.yaml': 'name: shop\nruntime: nodejs\nmain: infra/index.ts\n',
  'Pulumi.dev.yaml': 'config:\n  railhead:stackFile: stacks/shop.yaml\n  railhead:target: process\n',
  'Pulumi.prod.yaml': 'config:\n  railhead:stackFile: stacks/shop.prod.yaml\n  railhead:target: kubernetes\n',
  'infra/index.ts': `import './names.ts';`,
  'infra/names.ts': '',
  'package-lock.json': JSON.stringify({
    packages: { 'node_modules/one': { version: '1.0.0', integrity: 'sha512-1' } },
  }),
  'services/api/main.ts': `import './used.ts'; import 'one';`,
  'services/api/used.ts': '',
  'stacks/shop.yaml': `name: shop
services:
  db: { type: postgres }
  api:
    source: services/api
    port: 3001
    variables: { LEVEL: info, TOKEN: "\${{secret.TOKEN}}", URL: "\${{db.DATABASE_URL}}" }
`,
  'stacks/shop.prod.yaml': 'extends: shop.yaml\nservices: { api: { replicas: 2 } }\n',
};
