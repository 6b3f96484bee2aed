import assert from 'node:assert/strict';
import { test } from 'vitest';
import { configSecret, join, outputOf, urlPart } from '../plan/hole.ts';
import type { ProvidedValues } from '../targets/shared/service-values.ts';
import { recordedSnapshotSchema } from './former-secret-parts.ts';
import { testSide } from './testing.ts';

const text = `name: shop
services:
  db: { type: postgres, version: '17' }
  outer: { type: postgres, port: 5433, external: { url: 'postgres://app:\${{secret.OUTER}}@db.example/shop' } }
  api:
    source: infra/graph
    start: ./run
    variables:
      DATABASE_URL: \${{db.DATABASE_URL}}
      OUTER_HOST: \${{outer.PGHOST}}
      OUTER_PASSWORD: \${{outer.PGPASSWORD}}
      MAIL_FROM: Shop <a@shop.example>
      LITERAL: $\${{secret.LITERAL}} <db.password>
`;

const resource = { name: 'db-password' } as Parameters<typeof outputOf>[0];
const password = outputOf(resource, 'password', { secret: true });
const outer = join('postgres://app:', configSecret('OUTER'), '@db.example/shop');
const values: Record<string, ProvidedValues> = {
  db: { DATABASE_URL: join('postgres://app:', password, '@db:5432/shop') },
  outer: { PGHOST: urlPart(outer, 'hostname'), PGPASSWORD: urlPart(outer, 'password') },
};
const { snapshot } = testSide({ text, values });

/** What an earlier version recorded of the same stack file. */
const formerUrl = 'postgres://app:<db-password.password>@db:5432/shop';
const formerParts = {
  host: '<hostname of postgres://app:${{secret.OUTER}}@db.example/shop>',
  password: '<password of postgres://app:${{secret.OUTER}}@db.example/shop>',
};
const formerValues: Record<string, string> = {
  DATABASE_URL: formerUrl,
  OUTER_HOST: formerParts.host,
  OUTER_PASSWORD: formerParts.password,
  MAIL_FROM: 'Shop <a@shop.example>',
  LITERAL: '${{secret.LITERAL}} <db.password>',
};

test('the record of an earlier version is read as this version writes it: nothing changes', () => {
  const { api, ...others } = snapshot.services;
  assert.ok(api);
  const variables = Object.entries(api.variables).map(([path, variable]) => {
    const value = formerValues[path.replace('variables.', '')];
    assert.ok(value !== undefined);
    return [path, { ...variable, value }];
  });
  const former = {
    ...snapshot,
    provided: {
      ...snapshot.provided,
      'db.DATABASE_URL': formerUrl,
      'outer.PGHOST': formerParts.host,
      'outer.PGPASSWORD': formerParts.password,
    },
    services: { ...others, api: { ...api, variables: Object.fromEntries(variables) as unknown } },
  };
  assert.notDeepEqual(former, snapshot);
  assert.deepEqual(recordedSnapshotSchema.parse(former), snapshot);
});

test('the record of this version is read as it is', () => {
  assert.deepEqual(recordedSnapshotSchema.parse(snapshot), snapshot);
});
