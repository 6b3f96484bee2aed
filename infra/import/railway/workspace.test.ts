import { describe, expect, test } from 'vitest';
import { importOf, servicesOf } from '../testing.ts';

const manifest = (fields: object) => JSON.stringify(fields);
const web = {
  'apps/web/package.json': manifest({
    name: '@klub/web',
    scripts: { build: 'next build', start: 'next start' },
    dependencies: { '@klub/db': 'workspace:*' },
  }),
};
const pnpm = {
  ...web,
  'package.json': manifest({ name: 'klub', packageManager: 'pnpm@9.12.0' }),
  'pnpm-workspace.yaml': 'packages: [apps/*]\n',
  'pnpm-lock.yaml': "lockfileVersion: '9.0'\n",
};
const yarn = {
  ...web,
  'package.json': manifest({ name: 'klub', workspaces: ['apps/*'] }),
  'yarn.lock': '# yarn lockfile v1\n',
};
const config = (build: string, start: string, more: object = {}) =>
  manifest({ build: { buildCommand: build, ...more }, deploy: { startCommand: start } });

describe('a railway.json in a package of a workspace', () => {
  const ofWorkspace = { source: '.', start: 'npm --prefix apps/web run start', port: 3000 };
  test('has the workspace as its source if its commands name packages', async (t) => {
    const tools = [
      [pnpm, 'pnpm --filter @klub/web', 'npx --yes pnpm@9.12.0 install --frozen-lockfile'],
      [pnpm, 'npx --yes pnpm@9.12.0 --filter @klub/web', 'npx --yes pnpm@9.12.0 install --frozen-lockfile'],
      [yarn, 'yarn workspace @klub/web', 'npx --yes yarn@1 install --frozen-lockfile'],
    ] as const;
    for (const [files, tool, install] of tools) {
      const own = { 'apps/web/railway.json': config(`${tool} build`, `${tool} start`) };
      const { texts, lines, problems } = await importOf(t, { ...files, ...own });
      expect(problems).toEqual([]);
      expect(servicesOf(texts, 'klub')).toEqual({
        web: { ...ofWorkspace, build: `${install} && ${tool} build` },
      });
      const why = '`source` is the folder of the workspace, whose packages the command names';
      expect(lines.filter((line) => line.endsWith(why)).map((line) => line.split(' ').slice(1, 3))).toEqual([
        ['defaulted', 'build'],
        ['defaulted', 'deploy'],
      ]);
    }
  });

  test('keeps its folder if no command names packages, or if a Dockerfile or a field says where they run', async (t) => {
    const command = 'pnpm --filter @klub/web build';
    const start = 'node main.js';
    for (const own of [
      { 'apps/web/railway.json': config('npm run build', start) },
      { 'apps/web/railway.json': config(command, start), 'apps/web/Dockerfile': 'FROM node:24\n' },
      {
        'apps/web/railway.json': manifest({
          root: '.',
          build: { buildCommand: command },
          startCommand: start,
        }),
      },
    ]) {
      const { texts } = await importOf(t, { ...pnpm, 'apps/web/main.js': '', ...own });
      expect(servicesOf(texts, 'klub')['web']).toMatchObject({ source: 'apps/web' });
    }
  });

  test('two packages of a workspace stay two services, also if a third service is the whole repository', async (t) => {
    const of = (name: string) => config(`pnpm --filter ${name} build`, `pnpm --filter ${name} start`);
    const { texts } = await importOf(t, {
      ...{ ...pnpm, 'railway.json': config('pnpm build', 'node all.js'), 'all.js': '' },
      ...{ 'apps/web/railway.json': of('@klub/web'), 'apps/api/railway.json': of('api') },
      'apps/api/package.json': manifest({ name: 'api', scripts: { build: 'tsc', start: 'node api.js' } }),
    });
    expect(servicesOf(texts, 'klub')).toMatchObject({
      klub: { source: '.', start: 'node all.js' },
      web: { source: '.', start: 'npm --prefix apps/web run start' },
      api: { source: '.', start: 'npm --prefix apps/api run start' },
    });
  });
});

describe('a command that changes to the folder of its service', () => {
  const files = {
    'package.json': '{ "name": "shop" }',
    'apps/web/package.json': '{}',
    'apps/web/main.js': '',
  };
  test('starts there without it, and the report says so', async (t) => {
    const own = {
      build: { buildCommand: 'cd ./apps/web/ && node build.js' },
      deploy: {
        startCommand: 'cd apps/web && node main.js',
        preDeployCommand: ['cd "apps/web" && node migrate.js'],
      },
    };
    const { texts, lines } = await importOf(t, { ...files, 'apps/web/railway.json': manifest(own) });
    expect(servicesOf(texts, 'shop')['web']).toEqual({
      ...{ source: 'apps/web', build: 'node build.js', start: 'node main.js', preDeploy: 'node migrate.js' },
      port: 3000,
    });
    expect(lines.filter((line) => line.includes('left out'))).toHaveLength(3);
    expect(lines.join('\n')).toContain(
      'defaulted deploy.startCommand `cd apps/web` is left out: the command starts in this folder',
    );
  });

  test('is copied if it changes to another folder too', async (t) => {
    const start = 'cd apps/web && cd ../api && node main.js';
    const own = manifest({ deploy: { startCommand: start } });
    const { texts } = await importOf(t, { ...files, 'apps/web/railway.json': own });
    expect(servicesOf(texts, 'shop')['web']).toMatchObject({ start });
  });

  test('is copied if the source is the workspace', async (t) => {
    const own = config('pnpm --filter @klub/web build', 'cd apps/web && node main.js');
    const { texts } = await importOf(t, { ...pnpm, 'apps/web/main.js': '', 'apps/web/railway.json': own });
    expect(servicesOf(texts, 'klub')['web']).toMatchObject({
      source: '.',
      start: 'cd apps/web && node main.js',
    });
  });
});
