import assert from 'node:assert/strict';
import { afterAll, beforeAll, test } from 'vitest';
import { lacksPlugin } from '../../../tools/testing/plugins.ts';
import { startFakeApi, type FakeApi } from './testing/fake-api.ts';
import { account, zone } from './testing/options.ts';
import { createProject, type Project } from './testing/project.ts';
import { unless } from '../../../tools/testing/unless.ts';

const token = 'T'.repeat(40);
const lack = lacksPlugin('cloudflare');

/** Runs the real provider plugin against the fake API of Cloudflare in `testing/endpoints.ts`. */
unless(lack).describe('pulumi up against a Cloudflare of our own', () => {
  let api: FakeApi;
  let project: Project;
  const kinds = () =>
    [...api.store.keys()]
      .map((path) => path.replace(/^\/\w+\/\w+\//, '').replace(/[0-9a-f-]{32,}/, ':id'))
      .toSorted();

  beforeAll(async () => {
    api = await startFakeApi(token);
    project = await createProject({ baseUrl: api.url, apiToken: token });
  });

  afterAll(() => {
    project.close();
    api.close();
    assert.deepEqual(api.unknown, [], 'calls that the fake API does not have');
  });

  test('a zone that the token is not for is refused before anything is made', async () => {
    project.change({ gateway: { cloudflare: { account, zone: 'c'.repeat(32) } } });
    await assert.rejects(project.pulumi('up', '--yes', '--skip-preview'), ({ message }: Error) => {
      assert.match(message, /gateway\.cloudflare\.zone: /);
      // The message is not followed by a stack trace.
      assert.doesNotMatch(message, /UserError|^ +at /m);
      return true;
    });
    assert.deepEqual(api.changes, []);
    project.change({});
  });

  test('creates everything, and returns the URL and the token', async () => {
    await project.pulumi('up', '--yes', '--skip-preview');
    assert.deepEqual(kinds(), [
      'cfd_tunnel/:id',
      'cfd_tunnel/:id/configurations',
      'connectivity/directory/services/:id',
      'connectivity/directory/services/:id',
      'rulesets/:id',
      'rulesets/:id',
      'rulesets/:id',
      'settings/min_tls_version',
      'workers/domains/:id',
      'workers/scripts/rota-prod',
      'workers/scripts/rota-prod/subdomain',
    ]);
    assert.equal((await project.pulumi('stack', 'output', 'url')).trim(), 'https://rota.example');
    assert.equal((await project.pulumi('stack', 'output', 'tunnelToken')).trim(), '[secret]');
  });

  test('Cloudflare gets the Worker with its script and its bindings', () => {
    const script = api.store.get(`/accounts/${account}/workers/scripts/rota-prod`)!;
    assert.equal(script.content, 'export default {};');
    const bindings = script.bindings as { name: string; type: string; json?: unknown; service_id?: string }[];
    const bound = Object.fromEntries(bindings.map((binding) => [binding.name, binding]));
    assert.equal(bound.CLIENT?.json, 'cf-connecting-ip');
    assert.deepEqual(bound.CORS_ORIGINS?.json, []);
    assert.deepEqual(bound.RATE_LIMIT_1, {
      name: 'RATE_LIMIT_1',
      type: 'ratelimit',
      namespace_id: '1096442740',
      simple: { limit: 5, period: 10 },
    });
    const service = `/accounts/${account}/connectivity/directory/services/${bound.ORIGIN_0?.service_id}`;
    assert.equal(api.store.get(service)?.http_port, 3001);
    assert.deepEqual(bound.SIGNING_KEY, { name: 'SIGNING_KEY', type: 'secret_text', text: 'a private key' });
  });

  test('the state has no secret in plain text', async () => {
    const state = await project.pulumi('stack', 'export');
    assert.ok(!state.includes('a private key'));
  });

  test('a second preview is empty, also after a refresh', async () => {
    await project.pulumi('preview', '--expect-no-changes');
    await project.pulumi('refresh', '--yes', '--skip-preview', '--expect-no-changes');
    await project.pulumi('preview', '--expect-no-changes');
  });

  test('a change updates only the changed resources', async () => {
    api.changes.length = 0;
    project.change({ script: 'export default { changed: true };' });
    await project.pulumi('up', '--yes', '--skip-preview');
    assert.deepEqual(api.changes, [`PUT /accounts/${account}/workers/scripts/rota-prod`]);

    api.changes.length = 0;
    project.change({ gateway: { routes: [{ path: '/*', to: 'web' }] } });
    await project.pulumi('up', '--yes', '--skip-preview');
    assert.equal(kinds().filter((kind) => kind.startsWith('connectivity')).length, 1);
    assert.equal(api.changes.at(-1)?.startsWith('DELETE /accounts/'), true);
  });

  test('drift is detected and corrected: a public hostname of the tunnel', async () => {
    const [path = '', config] = [...api.store].find(([key]) => key.endsWith('/configurations'))!;
    const ingress = [
      { hostname: 'around.rota.example', service: 'http://web:3000' },
      { service: 'http_status:404' },
    ];
    api.store.set(path, { ...config, config: { ingress } });
    await assert.rejects(project.pulumi('preview', '--refresh', '--expect-no-changes'));
    await project.pulumi('up', '--refresh', '--yes', '--skip-preview');
    assert.deepEqual((api.store.get(path)?.config as { ingress: object }).ingress, [
      { service: 'http_status:404' },
    ]);
  });

  test('existing rules of a zone are never replaced', async () => {
    const other = await createProject({ baseUrl: api.url, apiToken: token });
    try {
      other.change({ name: 'rota-staging', gateway: { domain: 'staging.rota.example' } });
      await assert.rejects(other.pulumi('up', '--yes', '--skip-preview'), /exceeded maximum number/);
      other.change({ name: 'rota-staging', gateway: { domain: 'staging.rota.example' }, ownsZone: false });
      await other.pulumi('up', '--yes', '--skip-preview');
      await other.pulumi('destroy', '--yes', '--skip-preview');
    } finally {
      other.close();
    }
  });

  test('destroy leaves only the setting of the zone, which cannot be deleted', async () => {
    await project.pulumi('destroy', '--yes', '--skip-preview');
    assert.deepEqual([...api.store.keys()], [`/zones/${zone}/settings/min_tls_version`]);
  });
});
