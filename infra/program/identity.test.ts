import assert from 'node:assert/strict';
import { test } from 'vitest';
import { dataChanges, type DataRecord } from './identity.ts';

const server = (changes: Partial<DataRecord> = {}): DataRecord => ({
  type: 'postgres',
  version: '17',
  storage: 2 ** 30,
  ...changes,
});
const found = (held: Record<string, DataRecord>, now: Record<string, DataRecord>) =>
  dataChanges(held, now).map(({ path, message }) => `${path.join('.')}: ${message}`);

test('what keeps its data is no change: a new server, a bigger disk, one that is gone, a younger Redis', () => {
  const redis = (version: string) => server({ type: 'redis', version });
  assert.deepEqual(found({}, { db: server() }), []);
  assert.deepEqual(found({ db: server() }, { db: server({ storage: 2 ** 31 }) }), []);
  assert.deepEqual(found({ db: server() }, {}), []);
  assert.deepEqual(found({ db: server(), cache: redis('7') }, { db: server(), cache: redis('8') }), []);
});

test('a volume of a code service is kept as a disk of a data server is', () => {
  const files = server({ type: 'volume', version: '' });
  assert.deepEqual(found({ app: files }, { app: { ...files, storage: 2 ** 31 } }), []);
  assert.match(
    found({ app: files }, { web: files }).join(),
    /^services\.web: would begin empty: the data of "app"/,
  );
  assert.match(
    found({ app: files }, { app: { ...files, storage: 1 } }).join(),
    /^services\.app\.volume\.size: a disk does not shrink/,
  );
  assert.match(
    found({ app: files }, { app: server() }).join(),
    /^services\.app\.type: .*of type volume; give the postgres another name$/,
  );
});

test('each volume of `volumes` is kept on its own, also one that services share', () => {
  const files = server({ type: 'volume', version: '' });
  assert.match(
    found({ 'app.cache': files }, { 'app.cache': { ...files, storage: 1 } }).join(),
    /^services\.app\.volumes\.cache\.size: a disk does not shrink/,
  );
  assert.match(
    found({ 'shared.files': files }, { 'shared.uploads': files }).join(),
    /^volumes\.uploads: would begin empty: the data of "shared\.files"/,
  );
  assert.match(
    found({ app: files }, { 'app.data': files }).join(),
    /^services\.app\.volumes\.data: would begin empty: the data of "app"/,
  );
});

test('what would begin empty or cannot be read is told with both values', () => {
  assert.match(
    found({ db: server() }, { store: server() }).join(),
    /^services\.store: would begin empty: the data of "db"/,
  );
  assert.match(
    found({ db: server() }, { db: server({ type: 'redis' }) }).join(),
    /^services\.db\.type: .*of type postgres/,
  );
  assert.match(
    found({ db: server() }, { db: server({ version: '18' }) }).join(),
    /^services\.db\.version: .*postgres 17.*18/,
  );
  const redis = (version: string) => ({ cache: server({ type: 'redis', version }) });
  assert.match(found(redis('8'), redis('7')).join(), /^services\.cache\.version: .*redis 8.*7 does not read/);
  assert.match(
    found({ db: server() }, { db: server({ storage: 1 }) }).join(),
    /^services\.db\.storage: .*1073741824 bytes.* 1;/,
  );
});
