import assert from 'node:assert/strict';
import { test } from 'vitest';
import { graphOf } from '../../graph/scratch-graph.ts';
import { dockerTarget } from '../docker/target.ts';
import { kubernetesTarget } from '../kubernetes/target.ts';

/** Commands, whether a container runs them as a service, and whether one of a Node service runs them as preDeploy. */
const commands: [command: string, asService: boolean, asPreDeploy?: boolean][] = [
  ['node main.js', true],
  ['npm start', true],
  ['npx tsx main.ts', true],
  ['exec node --enable-source-maps main.js', true],
  ['NODE_ENV=production node main.js', true],
  ['cd web && node server.js', true],
  ["sh -c 'node main.js'", true],
  ['python3 -m http.server', true, false],
  ['hypercorn main:app', true, false],
  ['bun run start', true, false],
  ['mix compile && node main.js', false],
  ['node main.js; uvicorn main:app', false],
  ['deno task start', true, false],
  ['pnpm start', false],
  ['pnpm --filter api start', false],
  ['pnpm --filter api... start', false],
  ['./server', false, true],
  ['bundle exec rails server', true, false],
  ['cargo run', false],
];

/** What the message of a command adds. */
const scripts: Record<string, string> = {
  'pnpm start': ', or write "npm start", which runs the same script',
  'pnpm --filter api start':
    ', or write "npm --prefix FOLDER run start", which runs the same script if FOLDER is that of api',
};

for (const target of [dockerTarget, kubernetesTarget]) {
  test(`${target.name} refuses commands that need another runtime than that of their service, with the same message for each`, (t) => {
    for (const [command, asService, asPreDeploy = asService] of commands) {
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
      const byNpm = scripts[command] ?? '';
      const message = `runs in an image that contains only Node; add a "dockerfile" that installs what ${quoted} needs${byNpm}`;
      const paths = [
        ...(asService ? [] : [['services', 'app', 'start']]),
        ...(asPreDeploy ? [] : [['services', 'migrated', 'preDeploy']]),
      ];
      const expected = paths.map((path) => ({ path, message }));
      assert.deepEqual(target.unsupported(graph), expected, command);
    }
  });

  test(`${target.name} refuses Gradle without a wrapper on the image of Java, which does not contain it`, (t) => {
    const app =
      'services: { app: { source: app, runtime: java, build: gradle assemble, start: java -jar a.jar } }';
    const problems = (images = '') => target.unsupported(graphOf(t, `name: x\n${images}${app}\n`));
    const [problem, ...more] = problems();
    assert.deepEqual([problem?.path, more], [['services', 'app', 'build'], []]);
    assert.match(problem?.message ?? '', /^needs Gradle, which the image of Java does not contain; /);
    assert.deepEqual(problems('images: { java: gradle:9-jdk21 }\n'), []);
    assert.deepEqual(target.unsupported(graphOf(t, `name: x\n${app.replace('gradle', './gradlew')}\n`)), []);
  });
}
