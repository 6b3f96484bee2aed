import assert from 'node:assert/strict';
import { test } from 'vitest';
import { describeImport } from './report.ts';
import { importOf } from './testing.ts';

const files = {
  'package.json': '{ "name": "shop" }',
  'main.js': '',
  'railway.json': '{ "deploy": { "startCommand": "node main.js" } }',
};

const lacking =
  /\n\nThese files contain no variables and no databases of the Railway project\. `railway variables --service <name> --json` shows .*`type: postgres`\.$/;

test('the report of an import from Railway ends with what its files do not contain', async (t) => {
  assert.match(describeImport(await importOf(t, files)), lacking);
  const railpack = JSON.stringify({ deploy: { variables: { LEVEL: 'info' } } });
  assert.match(describeImport(await importOf(t, { ...files, 'railpack.json': railpack })), lacking);
});

test('it does not if railway.ts gives it, or for another format', async (t) => {
  const code = `import { defineRailway, project, service, postgres } from "railway/iac";
export default defineRailway(() => project("shop", { resources: [postgres("db"), service("api", { start: "node main.js" })] }));
`;
  const given = await importOf(t, { ...files, '.railway/railway.ts': code });
  assert.equal(given.lacking, undefined);
  const compose = await importOf(t, { 'compose.yaml': 'services: { api: { image: "acme/api:1" } }\n' });
  assert.equal(compose.lacking, undefined);
});
