import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'vitest';
import { eventually } from '../../tools/testing/eventually.ts';
import { servicePaths } from '../supervisor/paths.ts';
import { environment, startPlugin, temporaryRoot, urn } from '../targets/process/testing/plugin.ts';
import { hasUnfinishedCommand } from '../targets/process/kinds/unfinished.ts';

test('the provider and its running command end when the engine ends', async (t) => {
  const plugin = await startPlugin(t);
  const root = temporaryRoot(t);
  const values = { root, environment, name: 'api', artifact: 'aa11', folder: root, host: '127.0.0.1' };
  const commands = ["trap 'touch ended; exit' TERM; touch begun; while :; do sleep 0.1; done"];
  const inputs = { values: { ...values, variables: {}, commands }, secrets: [] };
  const lost = assert.rejects(plugin.create(urn('PreDeploy', 'api'), inputs));
  await eventually(() => existsSync(join(root, 'begun')));
  await plugin.leave();
  await lost;
  assert.ok(existsSync(join(root, 'ended')));
  assert.ok(!hasUnfinishedCommand(servicePaths({ root, environment, name: 'api' }).workload));
});
