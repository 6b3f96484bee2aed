import assert from 'node:assert/strict';
import { afterAll, beforeAll, test } from 'vitest';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { eventually } from '../../../tools/testing/eventually.ts';
import { ask, startOrigin } from '../testing/harness.ts';
import { protocolHeader } from '../worker/client.ts';
import { exampleGateway, exampleOptions } from './testing/options.ts';
import { type Edge, startEdge } from './testing/edge.ts';
import { edgeBindings } from './worker.ts';

const { publicKey, privateKey } = await generateKeyPair('EdDSA');
const https = { [protocolHeader]: 'https', host: 'rota.example' };
const asked: string[] = [];
let origin: Awaited<ReturnType<typeof startOrigin>>;
let issuer: Awaited<ReturnType<typeof startOrigin>>;
let edge: Edge;

beforeAll(async () => {
  origin = await startOrigin(({ url = '', headers }, response) => {
    asked.push(url);
    response.end(`${url} for ${String(headers['x-forwarded-for'])}`);
  });
  const keys = [{ ...(await exportJWK(publicKey)), kid: 'one' }];
  issuer = await startOrigin(({ headers, url }, response) => {
    assert.deepEqual([headers.host, url], ['id.example.com', '/keys']);
    response.end(JSON.stringify({ keys }));
  });
  const auth = { jwks: 'http://id.example.com/keys', issuer: 'https://id.example.com/', audience: 'rota' };
  const options = exampleOptions({ originOf: () => origin.url, gateway: exampleGateway() });
  // This issuer uses plain HTTP.
  for (const route of options.gateway.routes) if (route.auth) route.auth = auth;
  edge = await startEdge(edgeBindings(options), issuer.url);
});

afterAll(async () => {
  await edge.stop();
  issuer.close();
  origin.close();
});

test('the client address is the one from Cloudflare', async () => {
  const { body } = await ask(edge.url, '/x', { headers: { ...https, 'cf-connecting-ip': '192.0.2.7' } });
  assert.equal(body, '/x for 192.0.2.7');
});

test('plain HTTP is redirected to HTTPS, and never reaches an origin', async () => {
  asked.length = 0;
  const { status, headers } = await ask(edge.url, '/x?y=1', { headers: { host: 'rota.example:8080' } });
  assert.deepEqual([status, headers.location], [308, 'https://rota.example/x?y=1']);
  assert.deepEqual(asked, []);
});

test('the key set is fetched over the internet, not through the tunnel', async () => {
  asked.length = 0;
  const claims = { iss: 'https://id.example.com/', aud: 'rota', exp: Math.floor(Date.now() / 1000) + 60 };
  const token = await new SignJWT(claims).setProtectedHeader({ alg: 'EdDSA', kid: 'one' }).sign(privateKey);
  const enter = (headers: object) => ask(edge.url, '/me/x', { headers: { ...https, ...headers } });
  assert.equal((await enter({})).status, 401);
  assert.equal((await enter({ authorization: `Bearer ${token}` })).status, 200);
  assert.deepEqual(asked, ['/me/x']);
});

test("responses of a route with a cache are stored in Cloudflare's cache", async () => {
  asked.length = 0;
  const report = () => ask(edge.url, '/api/reports', { headers: https });
  const first = await report();
  // The Worker stores a response after sending it.
  const kept = await eventually(async () => {
    const answer = await report();
    return answer.headers['cf-cache-status'] === 'HIT' && answer;
  });
  assert.equal(kept.body, first.body);
  assert.equal(first.headers['cache-control'], 'public, max-age=60');
});
