import assert from 'node:assert/strict';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, test } from 'vitest';
import { containersOf, lacksDaemon } from '../../infra/targets/docker/testing/daemon.ts';
import { createComposedRota, labels, lacksCompose, type ComposedRota } from './compose.ts';
import { assertHardened } from './hardened.ts';
import { assertIsolated } from './isolation.ts';
import { serviceOf } from './reach.ts';
import { isRemembered, useRota } from './use.ts';
import { unless } from '../../tools/testing/unless.ts';

const lack = lacksDaemon() ?? lacksCompose();

/**
 * Tests the reference system from the rendered Compose file, without engine or provider. The tests depend on their
 * order.
 */
unless(lack).describe('rota by Compose', () => {
  let rota: ComposedRota;
  beforeAll(async () => {
    rota = await createComposedRota();
  });
  afterAll(() => rota.close());

  test('the rendered file starts, and Rota works through the gateway', async () => {
    await rota.up();
    await useRota(rota.url, 'Ada Lovelace');
  });

  test('every container complies with the CIS benchmark', () => containersOf(labels).forEach(assertHardened));

  test('connections between services are limited to those of the graph', () =>
    assertIsolated(labels, Number(new URL(rota.url).port)));

  test('only the containers of a changed service are replaced', async () => {
    const ids = (changed: boolean) =>
      containersOf(labels)
        .filter(
          (container) =>
            (serviceOf(container) === 'web' && container.Config.Labels['railhead.role'] === 'replica') ===
            changed,
        )
        .map(({ Id }) => Id);
    const [keep, old] = [ids(false), ids(true)];
    appendFileSync(join(rota.root, 'services/web/main.ts'), `\nconsole.log('another version');\n`);
    await rota.up();
    assert.deepEqual(ids(false), keep);
    assert.ok(ids(true).every((id) => !old.includes(id)));
    await useRota(rota.url, 'Grace Hopper');
  });

  test('down deletes everything but the data', async () => {
    await rota.down();
    assert.deepEqual(containersOf(labels), []);
    await rota.up();
    assert.ok(await isRemembered(rota.url, 'Ada Lovelace'));
  });
});
