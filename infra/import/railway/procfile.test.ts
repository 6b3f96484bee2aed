import { describe, expect, test } from 'vitest';
import { importOf, servicesOf } from '../testing.ts';

const laravel = {
  'api/composer.json': '{ "name": "acme/api" }',
  'api/railway.toml': '[build]\nbuilder = "NIXPACKS"\nbuildCommand = "composer install"\n',
};

describe('the Procfile of a service of Railway', () => {
  test('gives the start command that no field gives, and every process has a row', async (t) => {
    const { texts, lines, ignored, problems } = await importOf(t, {
      ...laravel,
      'package.json': '{ "name": "shop" }',
      'api/Procfile':
        'worker: php artisan queue:work\nweb: php -S 0.0.0.0:$PORT\nrelease: php artisan migrate\n',
    });
    expect([problems, ignored]).toEqual([[], []]);
    expect(servicesOf(texts, 'shop')).toEqual({
      api: { source: 'api', build: 'composer install', start: 'php -S 0.0.0.0:$PORT', port: 3000 },
    });
    expect(lines.filter((line) => line.startsWith('api/Procfile'))).toEqual([
      'api/Procfile:1:1 cannot worker Railway starts only the process "web" of a Procfile',
      'api/Procfile:2:1 mapped web → services.api.start',
      'api/Procfile:3:1 cannot release Railway does not run it',
    ]);
  });

  test('is not read for a service with a start command, an image or a Dockerfile', async (t) => {
    const Procfile = 'web: php wrong.php\n';
    const { rows } = await importOf(
      t,
      {
        ...{
          'package.json': '{ "name": "shop" }',
          Procfile,
          'api/Procfile': Procfile,
          'web/Procfile': Procfile,
        },
        'railway.json': '{ "deploy": { "startCommand": "php right.php" } }',
        'api/railway.json': '{ "build": { "builder": "DOCKERFILE" } }',
        'api/Dockerfile': 'FROM php:8\n',
        'web/railway.json': '{ "image": "acme/web:1" }',
      },
      'railway',
    );
    expect(rows.filter(({ file }) => file.endsWith('Procfile'))).toEqual([]);
  });
});

test('if no service can run, the problems are at the places of the imported files', async (t) => {
  const { problems } = await importOf(t, { ...laravel, 'package.json': '{ "name": "shop" }' });
  expect(problems.map(({ file, line, path }) => [file, line, path])).toEqual([
    ['api/railway.toml', 1, 'services.api.start'],
  ]);
  const empty = await importOf(t, {
    'package.json': '{ "name": "shop" }',
    'railway.json': '{ "services": {} }',
  });
  expect(empty.problems.map(({ file, path }) => [file, path])).toEqual([['railway.json', 'services']]);
});
