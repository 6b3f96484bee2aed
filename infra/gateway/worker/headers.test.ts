import assert from 'node:assert/strict';
import { test } from 'vitest';
import { originHeaders, toClient } from './headers.ts';

const caller = { address: '192.0.2.7', correlationId: 'id-1', url: new URL('https://rota.example/x') };

test('claims of the client and hop-by-hop headers are not forwarded', () => {
  const inbound = new Headers({
    accept: 'text/html',
    authorization: 'Bearer x',
    connection: 'close, x-hop',
    'x-hop': '1',
    'keep-alive': 'timeout=5',
    te: 'trailers',
    forwarded: 'for=1.2.3.4',
    'x-forwarded-for': '1.2.3.4',
    'x-forwarded-prefix': '/x',
    'x-real-ip': '1.2.3.4',
    x_forwarded_for: '1.2.3.4',
    x_real_ip: '1.2.3.4',
    'x-gateway_signature': 'forged',
    'x-original-url': '/internal/x',
    'x-rewrite-url': '/internal/x',
    'x-internal-user': 'root',
    'x-gateway-signature': 'forged',
    'cf-connecting-ip': '1.2.3.4',
    'cf-ray': '1',
    upgrade: 'h2c',
  });
  assert.deepEqual(Object.fromEntries(originHeaders(inbound, caller, [])), {
    accept: 'text/html',
    authorization: 'Bearer x',
    'x-correlation-id': 'id-1',
    'x-forwarded-for': '192.0.2.7',
    'x-forwarded-host': 'rota.example',
    'x-forwarded-proto': 'https',
  });
});

test('only the gateway sets headers that identify the user, in every spelling', () => {
  const names = [
    'x-user-id',
    'X_User_Id',
    'x-service-name',
    'x-service-token',
    'x-forwarded-user',
    'x-auth-user',
  ];
  names.push(
    'x-auth-request-email',
    'x-authenticated-userid',
    'remote-user',
    'x-remote-user',
    'x-webauth-user',
  );
  // Set by Authelia, Kong, and proxies that end mutual TLS (RFC 9440).
  names.push('x-userid', 'remote-groups', 'remote-name', 'remote-email', 'x-consumer-username');
  names.push('client-cert', 'client-cert-chain', 'x-client-cert', 'x-ssl-client-cert', 'ssl-client-verify');
  names.push(
    'x-user-roles',
    'x-roles',
    'x-groups',
    'x-email',
    'x-jwt-sub',
    'x-ms-client-principal',
    'x-tenant-id',
  );
  const kept = { 'x-auth-token': 't', 'x-userland': '1', 'x-requested-with': 'fetch', 'user-agent': 'a' };
  const inbound = new Headers([
    ...names.map((name): [string, string] => [name, 'root']),
    ...Object.entries(kept),
  ]);
  const user = { id: 'u-1', roles: ['admin', 'staff'] };
  const headers = originHeaders(inbound, { ...caller, user }, ['x-tenant-id']);
  for (const name of [...Object.keys(kept)]) assert.ok(headers.has(name), name);
  assert.deepEqual(
    [...headers].filter(([, value]) => value === 'root'),
    [],
  );
  assert.deepEqual([headers.get('x-user-id'), headers.get('x-user-roles')], ['u-1', 'admin,staff']);
  assert.ok(!originHeaders(inbound, caller, []).has('x-user-id'));
});

test('an upgrade to WebSocket is forwarded', () => {
  const headers = originHeaders(new Headers({ connection: 'Upgrade', upgrade: 'WebSocket' }), caller, []);
  assert.equal(headers.get('upgrade'), 'websocket');
});

test('Content-Length is dropped if there is a Transfer-Encoding', () => {
  const headers = originHeaders(
    new Headers({ 'transfer-encoding': 'chunked', 'content-length': '3' }),
    caller,
    [],
  );
  assert.equal(headers.has('content-length'), false);
});

test('responses get security headers, keep their own and name no software', () => {
  const headers = new Headers({ server: 'x/1', 'x-internal-a': 'b', 'x-frame-options': 'SAMEORIGIN' });
  for (const [name, value] of Object.entries({ 'x-powered-by': 'y', connection: 'x-hop', 'x-hop': '1' }))
    headers.set(name, value);
  toClient(headers, caller);
  for (const name of ['server', 'x-powered-by', 'x-internal-a', 'connection', 'x-hop'])
    assert.equal(headers.has(name), false, name);
  assert.equal(headers.get('x-frame-options'), 'SAMEORIGIN');
  assert.equal(headers.get('x-content-type-options'), 'nosniff');
  assert.equal(headers.get('x-correlation-id'), 'id-1');
  assert.equal(headers.get('strict-transport-security'), 'max-age=31536000');
  const plain = new Headers();
  toClient(plain, { ...caller, url: new URL('http://127.0.0.1/') });
  assert.equal(plain.has('strict-transport-security'), false);
});
