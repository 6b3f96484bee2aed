import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { eventually } from '../../tools/testing/eventually.ts';
import { failureOf, unless } from '../../tools/testing/unless.ts';
import { decodeProperties } from '../provider/wire.ts';
import { stackSchema } from '../stack/schema.ts';
import { isAlive } from '../common/process-identity.ts';
import { readWorkload } from '../supervisor/control.ts';
import { servicePaths } from '../supervisor/paths.ts';
import { loopbackAddress } from '../targets/process/address.ts';
import { environment, startPlugin, temporaryRoot, urn } from '../targets/process/testing/plugin.ts';
import { dataKinds, dataTypes, serverImage, type DataService, type DataType } from './index.ts';
import type { DataKind } from './kind.ts';
import { docker, testServer } from './testing/docker.ts';

const database = 'rota_dev';

for (const type of dataTypes) {
  const kind = dataKinds[type];

  unless(await lacksServer(type)).test(
    `${type} as a process: its passwords outlive a kill and the server, and are only in secrets`,
    async (t) => {
      const plugin = await startPlugin(t);
      const root = temporaryRoot(t);
      const resource = urn(kind.title, 'db');
      const inputs = inputsOf(type, root);
      const create = async () => decodeProperties((await plugin.create(resource, inputs)).getProperties());
      const { workload, log } = servicePaths({ root, environment, name: 'db' });
      const runningServer = () => readWorkload(workload)?.replicas.find(isAlive);

      const created = await create();
      const outputs = Object.values(kind.logins).map(({ output }) => output);
      assert.deepEqual(created.secrets.flat().toSorted(), outputs.toSorted());
      const passwords = outputs.map((output) => String(created.values[output]));
      assert.equal(new Set(passwords).size, outputs.length);
      for (const password of passwords) assert.ok(password.length >= 16);

      const server = runningServer();
      assert.ok(server);
      process.kill(server.pid, 'SIGKILL');
      await eventually(() => {
        const next = runningServer();
        return next?.state === 'ready' && next.pid !== server.pid;
      });
      await plugin.delete(resource, inputs);
      assert.equal(runningServer(), undefined);
      assert.deepEqual(await create(), created);
      const text = readFileSync(log, 'utf8');
      for (const password of passwords) assert.ok(!text.includes(password));
    },
  );

  const { service, image, lack } = localServer(type);
  unless(lack).test(
    `${type} as a container: it gets ready, also after a kill and with new passwords, and logs none of them`,
    async (t) => {
      const server = testServer(t, image);
      const container = kind.container(service, database);
      const start = async (prefix: string) => {
        server.start(container, passwordsOf(type, prefix));
        await eventually(() => server.probe(container.probes.ready));
        assert.ok(server.probe(container.probes.alive));
      };
      await start('first');
      server.kill();
      await start('second');
      const { code, log } = server.stop();
      assert.equal(code, 0, log);
      for (const prefix of ['first', 'second']) {
        for (const password of Object.values(passwordsOf(type, prefix))) assert.ok(!log.includes(password));
      }
    },
  );
}

/** Returns why this machine has no server of the type; undefined if it has one, or could install it. */
async function lacksServer(type: DataType): Promise<string | undefined> {
  const { servers } = await dataKinds[type].local();
  return failureOf(servers.ensure(serviceOf({ type }).version, () => undefined));
}

function inputsOf(type: DataType, root: string) {
  const { port, hasDatabase } = dataKinds[type];
  const { version } = serviceOf({ type });
  const host = loopbackAddress(root, environment);
  const values = { root, environment, name: 'db', version, host, port, state: 'ready' };
  return { values: { ...values, ...(hasDatabase && { database }) }, secrets: [] };
}

/** Returns a service of the newest version of which the official image exists locally. */
function localServer(type: DataType): { service: DataService; image: string; lack: string | undefined } {
  const { image, tags = {} }: Pick<DataKind, 'image' | 'tags'> = dataKinds[type];
  const { code, stdout } = docker('images', '--format', '{{.Tag}}', image);
  const isVersion = (version: string) => stackSchema.safeParse(stackOf({ type, version })).success;
  const versionOf = (tag: string) => Object.keys(tags).find((version) => tags[version] === tag) ?? tag;
  const [version] = stdout.split('\n').map(versionOf).filter(isVersion).toSorted().toReversed();
  const reason = code === 0 ? `no image ${image} of a version in the schema` : 'no Docker daemon';
  const service = serviceOf({ type, ...(version !== undefined && { version }) });
  return { service, image: serverImage({}, service), lack: version === undefined ? reason : undefined };
}

function serviceOf(fields: object): DataService {
  return stackSchema.parse(stackOf(fields)).services.db as DataService;
}

function stackOf(fields: object): object {
  return { name: 'rota', services: { db: { ...fields, resources: { memory: '256Mi' } } } };
}

function passwordsOf(type: DataType, prefix: string): Record<string, string> {
  const logins = Object.keys(dataKinds[type].passwords);
  return Object.fromEntries(logins.map((login) => [login, `${prefix}-${login}-password`]));
}
