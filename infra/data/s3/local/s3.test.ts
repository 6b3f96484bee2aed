import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { failureOf, unless } from '../../../../tools/testing/unless.ts';
import { decodeProperties } from '../../../provider/wire.ts';
import { readWorkload } from '../../../supervisor/control.ts';
import { servicePaths } from '../../../supervisor/paths.ts';
import { loopbackAddress } from '../../../targets/process/address.ts';
import { dataFolder } from '../../../targets/process/data.ts';
import { environment, startPlugin, temporaryRoot, urn } from '../../../targets/process/testing/plugin.ts';
import { signingClient } from '../testing.ts';
import { ensureS3 } from './find.ts';

const lack = await failureOf(ensureS3('1', () => undefined));
const photos = urn('S3', 'photos');

unless(lack).test(
  'S3 keeps objects, buckets and keys, and its account can use only its buckets',
  async (t) => {
    const plugin = await startPlugin(t);
    const root = temporaryRoot(t);
    const host = loopbackAddress(root, environment);
    const inputs = (buckets: string[]) => ({
      values: { root, environment, name: 'photos', version: '1', host, port: 9000, buckets, state: 'ready' },
      secrets: [],
    });
    const created = decodeProperties((await plugin.create(photos, inputs(['uploads']))).getProperties());
    assert.deepEqual(created.secrets, [['secretKey']]);
    const secret = String(created.values.secretKey);
    const send = signingClient(`http://${host}:9000`, 'app', secret);
    assert.equal((await send('PUT', '/uploads/a/photo.txt', 'Ada 🕊')).status, 200);
    assert.deepEqual(await send('GET', '/uploads/a/photo.txt'), { status: 200, text: 'Ada 🕊' });
    assert.match((await send('GET', '/uploads?list-type=2&prefix=a%2F')).text, /<Key>a\/photo\.txt<\/Key>/);
    assert.equal((await send('PUT', '/others')).status, 403);
    assert.equal((await send('GET', '/others/x')).status, 404);
    const stranger = signingClient(`http://${host}:9000`, 'app', 'wrong');
    assert.equal((await stranger('GET', '/uploads/a/photo.txt')).status, 403);

    const { workload, log } = servicePaths({ root, environment, name: 'photos' });
    const [server] = readWorkload(workload)?.replicas ?? [];
    assert.ok(server);
    const { superuser } = JSON.parse(
      readFileSync(join(dataFolder({ root, environment, name: 'photos' }), 'credentials.json'), 'utf8'),
    ) as { superuser: string };
    const argv = process.platform === 'linux' ? readFileSync(`/proc/${server.pid}/cmdline`, 'utf8') : '';
    const written = argv + readFileSync(log, 'utf8') + readFileSync(join(workload, 'spec.json'), 'utf8');
    for (const password of [secret, superuser]) assert.ok(!written.includes(password));

    await plugin.update(photos, inputs(['letters', 'uploads']));
    assert.equal((await send('PUT', '/letters/b', 'B')).status, 200);
    await plugin.delete(photos, inputs([]));
    const again = decodeProperties((await plugin.create(photos, inputs(['letters']))).getProperties());
    assert.equal(again.values.secretKey, secret);
    // A bucket that the stack file no longer names keeps its objects.
    assert.equal((await send('GET', '/uploads/a/photo.txt')).text, 'Ada 🕊');
  },
);
