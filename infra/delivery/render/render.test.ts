import assert from 'node:assert/strict';
import { createPublicKey } from 'node:crypto';
import { join } from 'node:path';
import { test } from 'vitest';
import { parse, parseAllDocuments, stringify } from 'yaml';
import { UserError } from '../../../tools/user-error.ts';
import { scratch } from '../../stack/scratch.ts';
import { readPlainConfig } from '../plain-config.ts';
import { recordResources } from './record.ts';
import { render, renderGateway } from './render.ts';
import { noSecrets, readSecrets } from './secrets.ts';
import { generateSecrets } from './testing.ts';

const silent = () => undefined;

test('without a secrets file, every key of a Secret is rendered with an empty value', async () => {
  const files = await render('staging', noSecrets, silent);
  const secrets = documents(files).filter(({ kind }) => kind === 'Secret');
  assert.ok(secrets.length > 3);
  for (const { stringData } of secrets) {
    assert.ok(Object.keys(stringData).length > 0);
    assert.deepEqual([...new Set(Object.values(stringData))], ['']);
  }
  assert.doesNotMatch([...files.values()].join(''), /empty:/);
});

test('the config is that of the project in the current folder', (t) => {
  const before = process.cwd();
  t.onTestFinished(() => process.chdir(before));
  const settings = 'config: { "railhead:target": docker, a: { secure: b } }\n';
  process.chdir(scratch(t, { 'Pulumi.yaml': 'name: shop\n', 'Pulumi.shop.yaml': settings }));
  assert.deepEqual(readPlainConfig('shop'), { 'railhead:target': 'docker' });
});

test('a value of the Pulumi program is empty and reported, or taken from the secrets file', async (t) => {
  const variables = '{ A: "b-${{pulumi.bucket}}" }';
  const folder = scratch(t, {
    'stack.yaml': `name: x\nservices: { a: { image: "acme/a:1", variables: ${variables} } }\n`,
    'secrets.yaml': 'pulumi.bucket: photos\n',
  });
  const config = { 'railhead:stackFile': join(folder, 'stack.yaml'), 'railhead:target': 'docker' };
  const lines: string[] = [];
  // Only the first run of a clone builds the balancer.
  const report = (line: string) => void (line.startsWith('Building ') || lines.push(line));
  const record = (secrets: typeof noSecrets) => recordResources('docker', config, secrets, report);
  assert.ok(JSON.stringify(await record(readSecrets(join(folder, 'secrets.yaml')))).includes('A=b-photos'));
  assert.deepEqual(lines, []);
  await record(noSecrets);
  assert.deepEqual(lines, [
    '${{pulumi.bucket}} is empty here: the Pulumi program passes its value. Or give it with --secrets, as pulumi.bucket',
  ]);
});

test('a secrets file fills in all secrets, or rendering fails', async (t) => {
  const { secrets, values } = generateSecrets();
  await render('staging', secrets, silent);
  const folder = scratch(t, {
    'all.yaml': stringify(Object.fromEntries(values)),
    'some.yaml': 'postgres-app.password: abc\nunknown: x\n',
  });
  const files = await render('staging', readSecrets(join(folder, 'all.yaml')), silent);
  const api = documents(files).find(({ kind, metadata }) => kind === 'Secret' && metadata.name === 'api');
  assert.ok(api?.stringData.DATABASE_URL?.includes(`:${values.get('postgres-app.password')}@`));
  const workerKey = createPublicKey(values.get('worker-key-1.privateKey') ?? '');
  const publicKey = workerKey.export({ type: 'spki', format: 'pem' }).toString();
  assert.ok(JSON.stringify(documents(files)).includes(JSON.stringify(publicKey).slice(1, -1)));
  await assert.rejects(render('staging', readSecrets(join(folder, 'some.yaml')), silent), (error) => {
    assert.ok(error instanceof UserError);
    assert.match(error.message, /redis\.password is missing/);
    assert.match(error.message, /unknown is not used/);
    return true;
  });
});

test('the error for an invalid secrets file has its position and no secret', (t) => {
  const folder = scratch(t, { 'a.yaml': 'A: "hush\n', 'b.yaml': 'A: [hush]\n' });
  assert.throws(() => readSecrets(join(folder, 'a.yaml')), /a\.yaml:\d+:\d+ {2}is not YAML/);
  for (const file of ['a.yaml', 'b.yaml']) {
    assert.throws(
      () => readSecrets(join(folder, file)),
      (error) => error instanceof UserError && !error.message.includes('hush'),
    );
  }
});

test('a Compose file sets the id of a deployment, unless one of its secrets is missing', async () => {
  const idsOf = async (secrets: Parameters<typeof render>[1]) => {
    const text = (await render('docker', secrets, silent)).get('compose.yaml') ?? '';
    const { services } = parse(text) as { services: Record<string, { environment: Record<string, string> }> };
    return Object.values(services).map(({ environment }) => environment.RAILWAY_DEPLOYMENT_ID);
  };
  assert.ok(!(await idsOf(noSecrets)).includes(''));
  const known = (await idsOf(generateSecrets().secrets)).filter((id) => id !== undefined);
  assert.ok(known.length > 5);
  for (const id of known) assert.match(id, /^[0-9a-f]{16}$/);
});

test('a Compose file has the start order and escaped dollar signs', async () => {
  const files = await render('docker', noSecrets, silent);
  const text = files.get('compose.yaml') ?? '';
  const { services } = parse(text) as {
    services: Record<string, { depends_on?: Record<string, { condition: string }>; entrypoint?: string[] }>;
  };
  assert.deepEqual(services['api-1']?.depends_on?.['api-predeploy'], {
    condition: 'service_completed_successfully',
  });
  assert.deepEqual(services['api-1']?.depends_on?.['postgres'], { condition: 'service_healthy' });
  // Compose substitutes a variable after a single `$`.
  assert.doesNotMatch(text.replaceAll('$$', ''), /\$/);
});

test('Cloudflare resources are rendered with their secrets masked', async () => {
  const text = await renderGateway('prod', silent);
  assert.match(text, /type: cloudflare:index\/workersScript:WorkersScript/);
  assert.match(text, /name: SIGNING_KEY\n\s+text: "\[secret\]"/);
  assert.doesNotMatch(text, /empty:|PRIVATE KEY/);
  await assert.rejects(renderGateway('staging', silent), /This environment has no Cloudflare resources/);
});

test('processes cannot be rendered', async () => {
  await assert.rejects(render('dev', noSecrets, silent), UserError);
  await assert.rejects(render('nowhere', noSecrets, silent), /There is no environment "nowhere"/);
});

interface Document {
  kind: string;
  metadata: { name: string };
  stringData: Record<string, string>;
}

function documents(files: Map<string, string>): Document[] {
  return [...files.values()].flatMap((text) =>
    parseAllDocuments(text).map((document) => document.toJS() as Document),
  );
}
