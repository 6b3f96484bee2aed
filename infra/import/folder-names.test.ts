import { expect, test } from 'vitest';
import { nameServices } from './folder-names.ts';
import { importOf, servicesOf } from './testing.ts';

const namesOf = (folders: string[], named: Record<string, string[]> = {}, used: string[] = []) => {
  const services = Object.entries(named).flatMap(([folder, names]) =>
    names.map((name) => ({ folder, name })),
  );
  return [...nameServices([...folders.map((folder) => ({ folder, name: undefined })), ...services], used)];
};

test('a folder has its last part as its name, and more parts if another folder ends with the same', () => {
  const onlyNames = (...args: Parameters<typeof namesOf>) => namesOf(...args).map(([, name]) => name);
  expect(onlyNames(['apps/web', 'apps/api', 'services/api'])).toEqual(['web', 'apps-api', 'services-api']);
  expect(onlyNames(['a/x/api', 'b/x/api', 'x/My.API'])).toEqual(['a-x-api', 'b-x-api', 'My.API']);
  expect(onlyNames(['a/api', 'b/Api'])).toEqual(['a-api', 'b-Api']);
  expect(onlyNames(['api', 'apps/api', 'apps-api'], {}, ['api'])).toEqual([
    'api-2',
    'apps-api',
    'apps-api-2',
  ]);
});

test('a name in a file holds, unless another file has the same', () => {
  expect(namesOf(['apps/api'], { '.': ['api', 'My Web'] })).toEqual([
    ['api', 'api'],
    ['My Web', 'My Web'],
    ['apps/api', 'apps-api'],
  ]);
  expect(namesOf([], { '.': ['api'], a: ['api', 'web'], b: ['api'] })).toEqual([
    ['a/web', 'web'],
    ['api', 'api'],
    ['a/api', 'a-api'],
    ['b/api', 'b-api'],
  ]);
});

const config = (command: string, more: object = {}) =>
  JSON.stringify({ deploy: { startCommand: command }, ...more });
/** Each folder has the program that its service starts. */
const folders = ['apps/api', 'services/api', 'services/mail', 'services/shop', 'apps/web', 'back', 'a', 'b'];
const shop = {
  'package.json': '{ "name": "shop" }',
  ...Object.fromEntries(folders.map((folder) => [`${folder}/main.js`, ''])),
  'main.js': '',
};

test('Railway: folders with the same last part are two services, also in environments', async (t) => {
  const environments = { staging: { deploy: { numReplicas: 2 } } };
  const { texts, lines } = await importOf(t, {
    ...shop,
    'apps/api/railway.json': config('node main.js a', { environments }),
    'services/api/railway.json': config('node main.js s'),
    'services/mail/railway.json': config('node main.js m'),
  });
  expect(servicesOf(texts, 'shop')).toEqual({
    'apps-api': { source: 'apps/api', start: 'node main.js a' },
    'services-api': { source: 'services/api', start: 'node main.js s' },
    mail: { source: 'services/mail', start: 'node main.js m' },
  });
  expect(servicesOf(texts, 'shop.staging')).toEqual({ 'apps-api': { replicas: 2 } });
  expect(lines.filter((line) => line.includes('another line'))).toEqual([]);
});

test('Railway: the repository and the services of a map keep their names', async (t) => {
  const files = {
    'railway.json': config('node main.js root'),
    'services/shop/railway.json': config('node main.js s'),
  };
  const { texts } = await importOf(t, { ...shop, ...files });
  expect(servicesOf(texts, 'shop')).toEqual({
    shop: { source: '.', start: 'node main.js root' },
    'services-shop': { source: 'services/shop', start: 'node main.js s' },
  });
  const services = { api: { root: 'back', startCmd: 'node main.js b' }, web: { root: 'apps/web' } };
  const other = await importOf(t, {
    ...{ ...shop, 'railpack.json': JSON.stringify({ services }) },
    ...{
      'apps/api/railway.json': config('node main.js a'),
      'apps/web/railway.json': config('node main.js w'),
    },
  });
  expect(servicesOf(other.texts, 'shop')).toEqual({
    api: { source: 'back', start: 'node main.js b' },
    web: { source: 'apps/web', start: 'node main.js w', port: 3000 },
    'apps-api': { source: 'apps/api', start: 'node main.js a' },
  });
});

test('Railway: maps of two folders with a service of the same name', async (t) => {
  const map = (start: string) => JSON.stringify({ services: { api: { startCommand: start } } });
  const { texts } = await importOf(t, {
    ...{ ...shop, 'a/railway.json': map('node main.js a'), 'b/railway.json': map('node main.js b') },
  });
  expect(servicesOf(texts, 'shop')).toEqual({
    'a-api': { source: 'a', start: 'node main.js a' },
    'b-api': { source: 'b', start: 'node main.js b' },
  });
});

test('Fly: apps without a name in folders with the same last part are two services', async (t) => {
  const app = (image: string) => `[build]\nimage = "${image}"\n`;
  const { texts } = await importOf(t, {
    ...{ ...shop, 'apps/api/fly.toml': app('acme/a:1'), 'services/api/fly.toml': app('acme/s:1') },
  });
  expect(servicesOf(texts, 'shop')).toEqual({
    'apps-api': { image: 'acme/a:1' },
    'services-api': { image: 'acme/s:1' },
  });
});
