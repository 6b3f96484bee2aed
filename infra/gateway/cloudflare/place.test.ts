import assert from 'node:assert/strict';
import { test } from 'vitest';
import { checkPlace } from './place.ts';
import { account, exampleGateway, exampleOptions, zone } from './testing/options.ts';
import { record } from './testing/record.ts';

const check = (changes: object) =>
  record(() => checkPlace(exampleOptions({ gateway: exampleGateway(changes) })));

test('a domain may be the zone itself or a subdomain', async () => {
  await check({ domain: 'rota.example' });
  await check({ domain: 'app.staging.rota.example' });
});

test('a domain of another zone is refused', async () => {
  for (const domain of ['rota.example.com', 'myrota.example', 'example.org'])
    await assert.rejects(
      check({ domain }),
      /^UserError: gateway\.domain: .* is not in the zone rota\.example\. /,
    );
});

test('a zone of another account is refused', async () => {
  const other = 'd'.repeat(32);
  await assert.rejects(check({ cloudflare: { account: other, zone } }), {
    name: 'UserError',
    message: new RegExp(
      `^gateway\\.cloudflare\\.account: the zone rota\\.example belongs to the account ${account}`,
    ),
  });
});
