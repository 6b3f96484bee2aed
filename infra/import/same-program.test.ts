import assert from 'node:assert/strict';
import { test } from 'vitest';
import { startsProgram } from './same-program.ts';
import { importOf, servicesOf } from './testing.ts';

const commands: [command: string, proposed: string, isSame: boolean][] = [
  ['node server.js', 'node server.js', true],
  ['node worker.js', 'node server.js', false],
  [
    'python manage.py migrate && gunicorn -w 4 shop.wsgi:application',
    'python3 -m gunicorn shop.wsgi --bind $HOST:$PORT',
    true,
  ],
  ['celery -A shop.main worker', 'python3 -m uvicorn shop.main:app --port $PORT', false],
  ['python manage.py rqworker', 'python3 manage.py runserver $HOST:$PORT', false],
  ['bundle exec rails server', 'bundle exec rails server -p $PORT', true],
  ['bundle exec sidekiq', 'bundle exec rails server -p $PORT', false],
  ['./bin/worker.sh', './server', false],
];

for (const [command, proposed, isSame] of commands) {
  test(`"${command}" ${isSame ? 'starts' : 'does not start'} the program of "${proposed}"`, () => {
    assert.equal(startsProgram(command, proposed), isSame);
  });
}

test('only services that start the program of the code have the port in the code', async (t) => {
  const { texts } = await importOf(t, {
    'package.json': '{ "name": "shop" }',
    Dockerfile: 'FROM node:24\nCMD ["node", "main.js"]\n',
    'main.js': "require('http').createServer().listen(process.env.PORT ?? 3000);\n",
    'compose.yaml': `
name: shop
services:
  web: { build: ., depends_on: { seed: { condition: service_completed_successfully } } }
  again: { build: ., command: [node, main.js, --verbose] }
  worker: { build: ., command: ./bin/worker.sh }
  beat: { build: ., entrypoint: [celery, beat] }
  seed: { build: . }
`,
  });
  const ports = Object.entries(servicesOf(texts, 'shop')).map(
    ([name, { port }]: [string, { port?: number }]) => [name, port],
  );
  assert.deepEqual(Object.fromEntries(ports), {
    ...{ web: 3000, again: 3000, worker: undefined, beat: undefined, seed: undefined },
  });
});
