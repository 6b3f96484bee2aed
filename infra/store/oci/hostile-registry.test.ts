import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { expect, test, vi, type TestContext } from 'vitest';
import { Client } from './client.ts';
import { readCredentials } from './credentials.ts';
import { listTags, readManifest } from './repository.ts';

/** Returns a client of a registry of this machine, which answers each request in the same way. */
async function clientOf(t: TestContext, answer: (response: ServerResponse) => void): Promise<Client> {
  const server = createServer((_, response) => answer(response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const registry = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return new Client({ registry, repository: 'acme/shop' }, 300);
}

test('a registry that does not answer is reported', async (t) => {
  const client = await clientOf(t, () => undefined);
  await expect(listTags(client)).rejects.toThrow(
    /cannot be reached: no answer within 0\.3 s\. Check the address/,
  );
});

test('a manifest without end is not read', async (t) => {
  const client = await clientOf(t, (response) => {
    const more = () => {
      while (response.write('x'.repeat(65_536)));
      response.once('drain', more);
    };
    more();
  });
  await expect(readManifest(client, 'one')).rejects.toThrow(
    /:one is larger than 4 MiB, so it is not read\.$/,
  );
});

test('an answer that is cut off is reported', async (t) => {
  const client = await clientOf(t, (response) => {
    response.writeHead(200, { 'content-length': 100 }).write('{', () => response.destroy());
  });
  await expect(readManifest(client, 'one')).rejects.toThrow(
    /:one cannot be read: the connection ended early/,
  );
});

test('pages of tags that follow each other in a circle end, and what is no list is reported', async (t) => {
  const link = { link: '</v2/acme/shop/tags/list?last=a>; rel="next"' };
  const circle = await clientOf(t, (response) => response.writeHead(200, link).end('{"tags":["a"]}'));
  await expect(listTags(circle)).rejects.toThrow(
    /does not list tags as a registry does: it gives the same page/,
  );
  const site = await clientOf(t, (response) => response.end('<html>'));
  await expect(listTags(site)).rejects.toThrow(
    /does not list tags as a registry does: its answer has no tags/,
  );
  await expect(readManifest(site, 'one')).rejects.toThrow(/is not what Railhead has written/);
});

test('a message never shows what a credential helper prints', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'railhead-helper-'));
  t.onTestFinished(async () => {
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true });
  });
  vi.stubEnv('DOCKER_CONFIG', folder);
  vi.stubEnv('PATH', `${folder}${delimiter}${process.env.PATH}`);
  await writeFile(join(folder, 'config.json'), '{"credsStore":"test"}');
  const helper = join(folder, 'docker-credential-test');
  await writeFile(helper, '#!/bin/sh\necho hunter2; echo hunter2 >&2\n');
  await chmod(helper, 0o755);
  const problem = await readCredentials('registry.example').catch(String);
  expect(problem).toContain('gave no credentials of registry.example');
  expect(problem).not.toContain('hunter2');
});
