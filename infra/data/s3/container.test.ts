import assert from 'node:assert/strict';
import { eventually } from '../../../tools/testing/eventually.ts';
import { unless } from '../../../tools/testing/unless.ts';
import { testServer } from '../testing/docker.ts';
import { lacksS3Image, s3Image } from '../testing/s3-image.ts';
import { s3Container } from './container.ts';
import { signingClient } from './testing.ts';

const config = {
  ...{ kind: 's3', version: '1', port: 9000, storage: { bytes: 1, text: '1Gi' } },
  resources: { memory: { bytes: 2 ** 28, text: '256Mi' } },
};

unless(await lacksS3Image()).test(
  'objects survive a kill, a new bucket and a new key, and the key of services can use its buckets only',
  async (t) => {
    const server = testServer(t, s3Image);
    const start = async (buckets: string[], prefix: string) => {
      const container = s3Container({ ...config, buckets });
      const passwords = { superuser: `${prefix}-superuser-secret`, app: `${prefix}-app-secret` };
      const port = server.start(container, passwords);
      await eventually(() => server.probe(container.probes.ready));
      assert.ok(server.probe(container.probes.alive));
      return signingClient(`http://127.0.0.1:${port}`, 'app', passwords.app);
    };
    let send = await start(['uploads'], 'first');
    assert.equal((await send('PUT', '/uploads/photo', 'Ada')).status, 200);
    assert.equal((await send('PUT', '/others')).status, 403);
    server.kill();
    send = await start(['letters', 'uploads'], 'second');
    assert.equal((await send('GET', '/uploads/photo')).text, 'Ada');
    assert.equal((await send('PUT', '/letters/one', 'Grace')).status, 200);
    const { code, log } = server.stop();
    assert.equal(code, 0, log);
    assert.ok(!/-secret/.test(log), log);
  },
);
