import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'vitest';
import { unless } from '../../tools/testing/unless.ts';
import { lacksEngine } from '../targets/testing/system.ts';
import { openClone, railhead, succeed } from './testing.ts';
import { updateDocument, updateDocumentSchema, type UpdateEnd } from './up-end.ts';

const environmentFile = `config:
  railhead:stackFile: stacks/test.yaml
  railhead:target: process
  railhead:ownMachine: true
`;
const canary = 'canary-5cc0e1f2';

/** `job` does nothing until the last day of the year; `api` ends at once. */
const stack = (api?: object) =>
  JSON.stringify({
    name: 'shop',
    services: {
      job: { source: 'job', cron: '0 0 31 12 *', variables: { TOKEN: '${{secret.TOKEN}}' } },
      ...(api && { api: { source: 'api', restart: { maxRetries: 0 }, ...api } }),
    },
  });

unless(await lacksEngine()).test(
  '`up --json` prints one document, also after a failure, without secrets',
  async (t) => {
    const { root, write, close } = openClone();
    t.onTestFinished(close);
    write('Pulumi.dev.yaml', environmentFile);
    write('job/main.ts', '');
    write('api/main.ts', 'console.log("out of order"); process.exit(3);');
    write('stacks/test.yaml', stack());
    await succeed(railhead(root, 'pulumi', 'config', 'set', '--secret', 'railhead:TOKEN', canary));
    const up = async () => {
      const run = await railhead(root, 'up', '--json');
      assert.doesNotMatch(run.output + run.errors, new RegExp(canary));
      assert.notEqual(run.output, '', run.errors);
      return { ...run, document: updateDocumentSchema.parse(JSON.parse(run.output)) };
    };

    const first = await up();
    assert.equal(first.code, 0, first.errors);
    assert.match(first.errors, /Building job[^]*Updating \(dev\)/);
    const { result, changes, failed, steps } = first.document;
    assert.deepEqual([result, changes, failed], ['succeeded', [{ service: 'job', change: 'new' }], []]);
    assert.deepEqual(
      steps.map(({ service, what }) => [service, what]),
      [
        [undefined, 'build'],
        ['job', 'rollout'],
      ],
    );
    assert.ok(steps.every(({ from, to }) => from <= to && to <= 1000 * first.document.seconds));

    const again = await up();
    assert.deepEqual([again.document.changes, again.document.unchanged], [[], ['job']]);

    // Its services cannot be read, so which of them are strays is not known.
    const lost = '.railhead/dev/services/lost';
    write(lost, 'a file in place of a folder');
    const strayed = await up();
    assert.deepEqual([strayed.code, strayed.document.result], [0, 'succeeded'], strayed.errors);
    assert.match(
      strayed.document.problems.join(),
      /^What a killed run of dev has left running was not all stopped: [^]*\nTo stop it: npm run up -- -s dev$/,
    );
    assert.ok(strayed.errors.includes(strayed.document.problems.join()));
    rmSync(join(root, lost));

    write('stacks/test.yaml', stack({}));
    const broken = await up();
    assert.equal(broken.code, 1, broken.errors);
    assert.deepEqual(
      [broken.document.result, broken.document.failed, broken.document.unchanged],
      ['failed', ['api'], ['job']],
    );
    assert.equal(broken.document.steps.at(-1)?.failed, true);
    assert.match(broken.document.problems.join(), /^api did not get ready: [^]*out of order[^]*Next: /);

    const shown = await railhead(root, 'up');
    const [, end = ''] = shown.errors.split('\n\nOutputs:').at(-1)?.split('api did not get ready: ') ?? [];
    assert.match(
      end,
      /^api-1 ended with exit code 3[^\n]*\n\nbuild [^]*\napi {2,}failed {2,}█+ {2,}[\d.]+ s\n1 service is unchanged\.\n/,
    );
    assert.match(end, /Next: correct the cause, or take the change back, then npm run up -- -s dev$/m);
    assert.doesNotMatch(end, /out of order/);
    await succeed(railhead(root, 'down'));

    write('api/main.ts', 'this is no program');
    const refused = await up();
    assert.deepEqual([refused.code, refused.document.result], [1, 'refused']);
    assert.ok(refused.document.problems.every((problem) => refused.errors.includes(problem)));
    write('stacks/test.yaml', '{ name: shop }');
    const invalid = await up();
    assert.match(invalid.document.problems.join(), /^stacks\/test\.yaml:1:/);
  },
);

test('the document of an update has what the schema says and nothing else', () => {
  const end: UpdateEnd = {
    ...{
      environment: 'dev',
      number: 1,
      code: 0,
      outcome: 'succeeded' as const,
      seconds: 2,
      succeeded: true,
      outputs: {},
    },
    ...{ steps: [], changes: [], unchanged: [], failed: [], problems: [] },
    tools: { status: 'kubectl get pods', logs: 'kubectl logs', run: 'kubectl exec' },
  };
  assert.deepEqual(Object.keys(JSON.parse(updateDocument(end)) as object).toSorted(), [
    ...['changes', 'environment', 'failed', 'number', 'outputs', 'problems', 'result', 'seconds'],
    ...['steps', 'unchanged', 'version'],
  ]);
});
