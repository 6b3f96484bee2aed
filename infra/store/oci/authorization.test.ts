import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi, type TestContext } from 'vitest';
import { unless } from '../../../tools/testing/unless.ts';
import { openStore } from '../open-store.ts';
import { registryProgram, startRegistry } from '../testing/registry.ts';
import { authorize } from './authorization.ts';
import { Client } from './client.ts';
import { ociStore } from './oci-store.ts';

const program = await registryProgram();

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'railhead-oci-'));
  vi.stubEnv('DOCKER_CONFIG', root);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(root, { recursive: true, force: true });
});

const configure = (config: object) => writeFile(join(root, 'config.json'), JSON.stringify(config));
const basic = (text: string) => Buffer.from(text).toString('base64');
/** Opens a store with a client of its own, which signs in again. */
const open = (host: string) => ociStore(new Client({ registry: host, repository: 'acme/shop' })).records;

/** Puts a credential helper on the PATH. It knows one registry. */
async function addHelper(host: string, user: string): Promise<void> {
  const file = join(root, 'docker-credential-test');
  const found = JSON.stringify({ ServerURL: host, Username: user, Secret: 'secret' });
  await writeFile(
    file,
    `#!/bin/sh\nread name\n[ "$1 $name" = "get ${host}" ] || { echo 'credentials not found'; exit 1; }\necho '${found}'\n`,
  );
  await chmod(file, 0o755);
  vi.stubEnv('PATH', `${root}${delimiter}${process.env.PATH}`);
}

unless(program.lack).test(
  'a registry with passwords gets those of docker login, or of its helper',
  async () => {
    await writeFile(
      join(root, 'htpasswd'),
      'ada:$2y$05$abcdefghijklmnopqrstuuOQiyCxlgf/oeuTqixKmWdcYUh4Hjl0a\n',
    );
    const more = `auth: { htpasswd: { realm: test, path: ${join(root, 'htpasswd')} } }\n`;
    const { host, stop } = await startRegistry(program.path, join(root, 'registry'), { more });
    try {
      await expect(open(host).list('history')).rejects.toThrow(
        `${host} gives no access with the credentials of this machine. Next: docker login ${host}`,
      );
      await configure({ auths: { [host]: { auth: basic('ada:wrong') } } });
      await expect(open(host).list('history')).rejects.toThrow(/refused GET .*: 401 UNAUTHORIZED/);
      await configure({ auths: { [`https://${host}`]: { auth: basic('ada:secret') } } });
      expect(await open(host).create('history/dev/1', 1)).toBe(true);
      await addHelper(host, 'ada');
      await configure({ auths: { [host]: {} }, credHelpers: { [host]: 'test' } });
      expect(await open(host).read('history/dev/1')).toBe(1);
      await configure({ auths: { [host]: {} }, credsStore: 'test' });
      expect(await open(host).read('history/dev/1')).toBe(1);
      await configure({ credsStore: 'absent' });
      await expect(open(host).list('history')).rejects.toThrow(
        /^docker-credential-absent, which .* cannot be started/,
      );
    } finally {
      await stop();
    }
  },
);

/** Starts a server of this machine. It ends with the test. */
async function serve(t: TestContext, answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test('another host to which a registry redirects neither gets credentials nor says where they go', async (t) => {
  const asked: string[] = [];
  const other = await serve(t, ({ url, headers }, response) => {
    asked.push(`${url} ${headers.authorization}`);
    const challenge = `Bearer realm="http://${headers.host}/token"`;
    response.writeHead(401, { 'www-authenticate': challenge }).end('{"token":"stolen"}');
  });
  const host = await serve(t, ({ method, url = '' }, response) => {
    if (method === 'HEAD') response.writeHead(404).end();
    else response.writeHead(method === 'POST' ? 202 : 307, { location: `http://${other}${url}` }).end();
  });
  await configure({ auths: { [host]: { auth: basic('ada:secret') } } });
  await expect(open(host).list('history')).rejects.toThrow(/refused GET .*: 401/);
  await expect(open(host).replace('history/dev/1', 1)).rejects.toThrow(/refused PUT .*: 401/);
  expect(asked.map((line) => line.replace(/\?.*? /, ' '))).toEqual([
    '/v2/acme/shop/tags/list undefined',
    '/v2/acme/shop/blobs/uploads/ undefined',
  ]);
});

test('a registry with https names only places with https for its tokens', async () => {
  await configure({ auths: { 'registry.example': { auth: basic('ada:secret') } } });
  for (const realm of ['http://127.0.0.1:9/token', 'https://ada:x@127.0.0.1:9/token', 'token', 'file:///t']) {
    await expect(authorize('registry.example', `Bearer realm="${realm}"`)).rejects.toThrow(
      'registry.example names no address with https that issues tokens, so it gets no credentials.',
    );
  }
});

test('a registry with tokens gets one for a password, for an identity token, or without credentials', async () => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const { url = '', method, headers } = request;
    const host = headers.host ?? '';
    if (url.startsWith('/token')) {
      let form = '';
      request.on('data', (part) => (form += String(part)));
      request.on('end', () => {
        const { searchParams } = new URL(url, 'http://host');
        const scope = searchParams.get('scope') ?? new URLSearchParams(form).get('scope') ?? '';
        asked.push(
          [method, scope, headers.authorization ?? new URLSearchParams(form).get('refresh_token')].join(' '),
        );
        response.end(JSON.stringify({ access_token: 'granted' }));
      });
    } else if (headers.authorization === 'Bearer granted') {
      response.end(JSON.stringify({ tags: ['record.history.dev.1'] }));
    } else {
      const challenge = `Bearer realm="http://${host}/token",service="test",scope="repository:acme/shop:pull"`;
      response.writeHead(401, { 'www-authenticate': challenge }).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    const list = async () => expect(await open(host).list('history/dev')).toEqual(['1']);
    await list();
    await configure({ auths: { [host]: { auth: basic('ada:se:cret') } } });
    await list();
    await configure({ auths: { [host]: { identitytoken: 'identity' } } });
    await list();
    await addHelper(host, '<token>');
    await configure({ credHelpers: { [host]: 'test' } });
    await list();
    const scope = 'repository:acme/shop:pull';
    expect(asked).toEqual([
      `GET ${scope} `,
      `GET ${scope} Basic ${basic('ada:se:cret')}`,
      `POST ${scope} identity`,
      `POST ${scope} secret`,
    ]);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

test('a process signs in to a repository once, however often it opens the store', async (t) => {
  let tokens = 0;
  const host = await serve(t, ({ url = '', headers }, response) => {
    if (url.startsWith('/token')) response.end(JSON.stringify({ token: `granted-${++tokens}` }));
    else if (headers.authorization !== undefined) response.end('{"tags":["record.history.dev.1"]}');
    else {
      const challenge = `Bearer realm="http://${headers.host}/token"`;
      response.writeHead(401, { 'www-authenticate': challenge }).end();
    }
  });
  const list = (repository: string) =>
    openStore({ name: 'dev', store: `oci://${host}/${repository}` }).records.list('history/dev');
  for (const repository of ['acme/shop', 'acme/shop', 'acme/other']) {
    expect(await list(repository)).toEqual(['1']);
  }
  expect(tokens).toBe(2);
});
