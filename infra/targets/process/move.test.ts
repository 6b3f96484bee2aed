import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { freePort } from '../../../tests/servers.ts';
import { createSystem, environment, fail, lacksEngine, succeed } from '../testing/system.ts';
import { loopbackAddress } from './address.ts';
import { dataFolder } from './data.ts';
import { unless } from '../../../tools/testing/unless.ts';

unless(await lacksEngine()).test(
  'the second command of the refusal moves the data to the new name',
  async (t) => {
    const system = await createSystem('process');
    t.onTestFinished(() => system.close());
    const port = await freePort();
    const write = (name: string) =>
      system.write('stacks/test.yaml', { name, services: { db: { type: 'postgres', port } } });
    const query = async (database: string, text: string) => {
      const file = join(dataFolder({ root: system.root, environment, name: 'db' }), 'credentials.json');
      const { owner: password } = JSON.parse(readFileSync(file, 'utf8')) as { owner: string };
      const host = loopbackAddress(system.root, environment);
      const client = new pg.Client({ host, port, user: 'owner', password, database });
      await client.connect();
      try {
        return (await client.query<{ who: string }>(text)).rows;
      } finally {
        await client.end();
      }
    };

    write('first');
    await succeed(system.up());
    await query('first', `CREATE TABLE shifts AS SELECT 'Ada' AS who`);
    write('second');
    const output = await fail(system.up());
    const command = /move the data to the new name: npm run pulumi -- (.+) -s test$/m.exec(output)?.[1];
    assert.equal(command, 'config set railhead:identity second', output);
    await succeed(system.pulumi(...command.split(' ')));
    await succeed(system.up());
    assert.deepEqual(await query('second', 'SELECT who FROM shifts'), [{ who: 'Ada' }]);
    assert.deepEqual((await system.up()).changed, []);
  },
);
