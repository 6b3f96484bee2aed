import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, test } from 'vitest';
import { planBundle } from '../infra/artifacts/bundle.ts';
import { findEntries } from '../infra/artifacts/entries.ts';
import type { InputCache } from '../infra/artifacts/inputs.ts';
import { listRelease } from '../infra/artifacts/listed/list-release.ts';
import { SourceTree } from '../infra/artifacts/listed/source-tree.ts';
import { readPackages } from '../infra/artifacts/packages.ts';
import { packageRoot } from '../infra/common/roots.ts';
import { buildGraph } from '../infra/graph/graph.ts';
import type { GraphService } from '../infra/graph/types.ts';
import { loadStack } from '../infra/stack/load.ts';

/** The client of each data service, and a package that imports it for a backend of its own. */
const clients = {
  postgres: { client: 'node_modules/pg', importer: 'node_modules/bullmq' },
  redis: { client: 'node_modules/ioredis', importer: undefined },
};
/** The part of the product that services import, as `railhead/…`. */
const surface = ['dist/gateway.js', 'dist/service-token.js'];

const graph = buildGraph(loadStack(join(packageRoot, 'stacks/rota.yaml')), 'dev');
const { services, edges } = graph;

const tree = await SourceTree.open(packageRoot);
const list = listRelease(graph, { tree, project: '.', root: '/', containers: undefined });

for (const service of services.filter(({ config }) => config.kind === 'source')) {
  describe(`the bundle of ${service.name}`, () => {
    let inputs: string[];
    let errors: string[];
    beforeAll(async () => {
      ({ inputs, errors } = await bundle(service));
    });

    test('is a module without syntax errors', () => {
      assert.deepEqual(errors, []);
    });

    test('has a client of each data service that it connects to, and no other', () => {
      const connected = edges.filter(({ from }) => from === service.name).map(({ to }) => to);
      for (const [server, { client, importer }] of Object.entries(clients)) {
        const expected = connected.includes(server) || inputs.includes(importer ?? '');
        assert.equal(inputs.includes(client), expected, client);
      }
    });

    test(`has no part of the product but ${surface.join(' and ')}`, () => {
      const product = inputs.filter((path) => /^(infra|tools|dist)\//.test(path));
      assert.deepEqual(
        product.filter((path) => !surface.includes(path)),
        [],
      );
      // The scheduler is the only service that neither sends nor accepts signed requests.
      assert.equal(product.length > 0, service.name !== 'scheduler');
    });

    test('has no input that a list without node_modules and bundler does not have', async () => {
      const { [service.name]: listed } = await list;
      const { files, packages } = listed!.inputs;
      const bundled = inputs.filter((path) => !surface.includes(path));
      assert.deepEqual(
        bundled.filter((path) => !(path in files) && !(path in packages)),
        [],
      );
      const more = Object.keys(files).filter((path) => !bundled.includes(path));
      assert.ok(
        // Railhead's own files, as sources and as built files, which a commit does not have.
        more.every((path) => /^(infra\/tokens|dist)\//.test(path)),
        more.join(' '),
      );
    });
  });
}

/**
 * Bundles a service. Returns the inputs, which are files of the clone and folders of packages, and the syntax errors of the
 * result.
 */
async function bundle({ name, config }: GraphService): Promise<{ inputs: string[]; errors: string[] }> {
  assert.ok(config.kind === 'source');
  const folder = mkdtempSync(join(tmpdir(), 'railhead-bundle-'));
  try {
    const cacheFile = join(folder, 'inputs.json');
    const source = join(packageRoot, config.source);
    const packages = await readPackages(packageRoot);
    const plan = planBundle(
      { service: name, root: packageRoot, folder: source, migrations: [] },
      findEntries(config, (file) => existsSync(join(source, file))),
      packages,
    );
    const { build } = await plan.prepare(cacheFile);
    const result = join(folder, 'result');
    mkdirSync(result);
    await build(result);
    const modules = globSync('*.js', { cwd: result }).map((file) => join(result, file));
    assert.ok(modules.length > 0);
    return {
      inputs: Object.keys((JSON.parse(readFileSync(cacheFile, 'utf8')) as InputCache).files),
      errors: modules.map(syntaxError).filter((error) => error !== ''),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function syntaxError(file: string): string {
  const module = `${file}.mjs`;
  renameSync(file, module);
  return spawnSync(process.execPath, ['--check', module], { encoding: 'utf8' }).stderr;
}
