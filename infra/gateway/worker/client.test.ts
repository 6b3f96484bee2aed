import assert from 'node:assert/strict';
import { test } from 'vitest';
import { clientAddress, rateLimitKey } from './client.ts';

test('the address of the client comes from the one header that the client cannot set', () => {
  const headers = { 'cf-connecting-ip': '192.0.2.9', 'x-gateway-client': '2001:db8::7' };
  const request = new Request('http://a/', { headers });
  assert.equal(clientAddress(request, 'cf-connecting-ip'), '192.0.2.9');
  assert.equal(clientAddress(request, 'x-gateway-client'), '2001:db8::7');
  assert.equal(clientAddress(new Request('http://a/'), 'x-gateway-client'), 'unknown');
});

test('an IPv6 client is counted by its /64, in every spelling', () => {
  const keys = ['2001:db8:1:2::7', '2001:0DB8:1:2:a:b:c:d', '2001:db8:1:2:ffff::'].map(rateLimitKey);
  assert.deepEqual(new Set(keys), new Set(['2001:db8:1:2::/64']));
  assert.equal(rateLimitKey('::1'), '0:0:0:0::/64');
  assert.notEqual(rateLimitKey('2001:db8:1:3::7'), keys[0]);
});

test('an IPv4 client is counted by its address, also when mapped into IPv6', () => {
  assert.equal(rateLimitKey('192.0.2.7'), '192.0.2.7');
  assert.equal(rateLimitKey('::ffff:192.0.2.7'), '192.0.2.7');
});
