import assert from 'node:assert/strict';
import { test } from 'vitest';
import { withNpm, type FindPackage } from './with-npm.ts';

const packages: Record<string, string> = { './': '.', './apps/api': 'apps/api', '@acme/api': 'apps/api' };
const find: FindPackage = (selector) => {
  const folder = packages[selector];
  return folder === undefined ? undefined : { folder, scripts: { serve: 'node main.js' } };
};

test('npm runs the scripts that a command runs with pnpm, and those of workspaces', () => {
  const expected = {
    'pnpm start': 'npm start',
    'pnpm run queue': 'npm run queue',
    'pnpm serve --port $PORT': 'npm run serve -- --port $PORT',
    'pnpm run serve -- --port 1': 'npm run serve -- --port 1',
    'pnpm --filter @acme/api run start:prod': 'npm --prefix apps/api run start:prod',
    'pnpm --filter=@acme/api start': 'npm --prefix apps/api run start',
    'pnpm -F "@acme/api" serve': 'npm --prefix apps/api run serve',
    'pnpm run --filter ./apps/api serve': 'npm --prefix apps/api run serve',
    'pnpm -C apps/api/ run serve': 'npm --prefix apps/api run serve',
    'pnpm --dir ./apps/api run serve': 'npm --prefix apps/api run serve',
    'npx --yes pnpm@9.12.0 --filter @acme/api serve': 'npm --prefix apps/api run serve',
    'npx -y yarn@1 workspace @acme/api serve': 'npm --prefix apps/api run serve',
    'yarn workspace @acme/api serve': 'npm --prefix apps/api run serve',
    'yarn workspace @acme/api run other': 'npm --prefix apps/api run other',
    'yarn --cwd apps/api serve': 'npm --prefix apps/api run serve',
    'NODE_ENV=production pnpm run migrate && pnpm start': 'NODE_ENV=production npm run migrate && npm start',
    'cd apps/api && pnpm start': 'cd apps/api && npm start',
  };
  for (const [command, byNpm] of Object.entries(expected)) assert.equal(withNpm(command, find), byNpm);
});

test('a command stays if npm does not do the same: several packages, unknown ones, and programs', () => {
  for (const command of [
    'pnpm --filter @acme/api... run start',
    'pnpm --filter "./apps/*" start',
    'pnpm --filter !@acme/api start',
    'pnpm --filter unknown start',
    'pnpm -r start',
    'pnpm exec next start',
    'pnpm --filter @acme/api exec next start',
    'pnpm next start',
    'yarn workspace @acme/api next start',
    'yarn start',
    'cd apps && pnpm --filter @acme/api start',
    'node main.js',
  ])
    assert.equal(withNpm(command, find), command);
});
