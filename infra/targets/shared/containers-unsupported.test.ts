import assert from 'node:assert/strict';
import { test } from 'vitest';
import { graphOf } from '../../graph/scratch-graph.ts';
import { dockerTarget } from '../docker/target.ts';
import { kubernetesTarget } from '../kubernetes/target.ts';

/** Commands, whether an image with Node only runs them as a service, and whether it runs them as preDeploy. */
const commands: [command: string, runs: boolean, isScript?: boolean][] = [
  ['node main.js', true],
  ['npm start', true],
  ['npx tsx main.ts', true],
  ['exec node --enable-source-maps main.js', true],
  ['NODE_ENV=production node main.js', true],
  ['cd web && node server.js', true],
  ["sh -c 'node main.js'", true],
  ['python3 -m http.server', false],
  ['bun run start', false],
  ['bun run build && node main.js', false],
  ['node main.js; uvicorn main:app', false],
  ['deno task start', false],
  ['./server', false, true],
  ['bundle exec rails server', false],
];

for (const target of [dockerTarget, kubernetesTarget]) {
  test(`${target.name} refuses commands that need another runtime than Node, with the same message for each`, (t) => {
    for (const [command, runs, isScript] of commands) {
      const quoted = JSON.stringify(command);
      const graph = graphOf(
        t,
        `name: x
services:
  app: { source: app, start: ${quoted} }
  migrated: { source: app, preDeploy: [${quoted}, node migrate.js] }
  own: { source: app, dockerfile: Dockerfile, preDeploy: ${quoted} }
`,
      );
      const message = `runs in an image that contains only Node; add a "dockerfile" that installs what ${quoted} needs`;
      const paths = [
        ['services', 'app', 'start'],
        ...(isScript ? [] : [['services', 'migrated', 'preDeploy']]),
      ];
      const expected = runs ? [] : paths.map((path) => ({ path, message }));
      assert.deepEqual(target.unsupported(graph), expected, command);
    }
  });
}
