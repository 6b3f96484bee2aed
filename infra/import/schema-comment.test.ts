import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../common/roots.ts';
import { makeRepository } from '../init/testing.ts';
import { planImport } from './plan.ts';

test('the comment for editors leads to the schema, from the stack file of any folder of a project', async (t) => {
  const compose = 'services: { web: { image: "acme/web:1" } }\n';
  const project = makeRepository(t, { 'compose.yaml': compose, 'deploy/small/compose.yaml': compose });
  for (const folder of ['.', 'deploy/small']) {
    const { root, changes } = await planImport(join(project, folder));
    const [, path = ''] = /^# yaml-language-server: \$schema=(.+)\n/.exec(changes[0]?.after ?? '') ?? [];
    expect(realpathSync(join(root, 'stacks', path))).toBe(
      realpathSync(join(packageRoot, 'stacks/schema.json')),
    );
  }
});
