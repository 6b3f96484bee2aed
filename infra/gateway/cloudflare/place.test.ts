import assert from 'node:assert/strict';
import { test } from 'vitest';
import { placeCheck } from './place.ts';
import { account, exampleGateway, exampleOptions, zone } from './testing/options.ts';

const problemOf = (changes: object) =>
  placeCheck(exampleOptions({ gateway: exampleGateway(changes) })).problem({
    name: 'rota.example',
    account: { id: account },
  });

test('a domain may be the zone itself or a subdomain', () => {
  assert.equal(problemOf({ domain: 'rota.example' }), undefined);
  assert.equal(problemOf({ domain: 'app.staging.rota.example' }), undefined);
});

test('a domain of another zone is refused', () => {
  for (const domain of ['rota.example.com', 'myrota.example', 'example.org'])
    assert.match(problemOf({ domain }) ?? '', /^gateway\.domain: .* is not in the zone rota\.example\. /);
});

test('a host of a route in another zone is refused', () => {
  const routes = (...hosts: string[]) => ({ routes: hosts.map((host) => ({ host, path: '/*', to: 'web' })) });
  assert.equal(problemOf(routes('app.rota.example', 'rota.example')), undefined);
  assert.equal(
    problemOf(routes('app.rota.example', 'app.example.org')),
    'gateway.routes: app.example.org is not in the zone rota.example. A gateway on Cloudflare serves hosts of one zone.',
  );
});

test('a zone of another account is refused', () => {
  const other = 'd'.repeat(32);
  assert.match(
    problemOf({ cloudflare: { account: other, zone } }) ?? '',
    new RegExp(`^gateway\\.cloudflare\\.account: the zone rota\\.example belongs to the account ${account}`),
  );
});
