import assert from 'node:assert/strict';
import { Webhook } from 'standardwebhooks';
import { unless } from '../../tools/testing/unless.ts';
import { notificationSchema } from '../delivery/notify/notification.ts';
import { startReceiver } from '../delivery/notify/testing.ts';
import { loadRelease } from '../releases/load.ts';
import { lacksEngine } from '../targets/testing/system.ts';
import { openClone, railhead, succeed } from './testing.ts';

unless(await lacksEngine()).test(
  'a promotion calls the webhook of the environment that gets the artifacts, once they are written or on a branch',
  async (t) => {
    const { url, received } = await startReceiver(t, (_, response) => response.end());
    const { root, write, git, close } = openClone();
    t.onTestFinished(close);
    const key = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
    const settings = (name: string, more = {}) => {
      const keys = { stackFile: 'stacks/test.yaml', target: 'process', ownMachine: true, ...more };
      const entries = Object.entries(keys).map(([key, value]) => [`railhead:${key}`, value] as const);
      write(`Pulumi.${name}.yaml`, JSON.stringify({ config: Object.fromEntries(entries) }));
    };
    settings('dev');
    settings('qa', { webhook: url, webhookKey: key });
    write('.gitignore', ['.railhead', 'infra', 'tools', 'dist', 'node_modules', 'package.json'].join('\n'));
    write('job/main.ts', '');
    const services = { job: { source: 'job', cron: '0 0 31 12 *' } };
    write('stacks/test.yaml', JSON.stringify({ name: 'shop', services }));
    const commit = async () => {
      await git('add', '--all');
      await git('commit', '-q', '-m', 'change');
    };
    const run = (...args: string[]) => succeed(railhead(root, ...args));
    await git('init', '-q', '-b', 'main');
    await git('config', 'user.name', 'Ada');
    await git('config', 'user.email', 'a@b');
    await commit();
    await run('up', '-s', 'dev');
    await run('pulumi', 'stack', 'init', 'qa');
    await commit();
    assert.equal(received.length, 0);

    await run('promote', 'dev', 'qa', '--yes', '--pr');
    await run('promote', 'dev', 'qa', '--yes');
    await commit();
    assert.match((await run('promote', 'dev', 'qa', '--yes')).output, /^Nothing changes/);
    const told = received.map(({ headers, body }) =>
      notificationSchema.parse(new Webhook(key).verify(body, headers as Record<string, string>)),
    );
    const { time, by: who, artifacts } = loadRelease('qa', root)!.release;
    const { hash, content } = artifacts.job!;
    assert.equal(told.at(-1)?.timestamp, time);
    const same = {
      ...{ version: 1, environment: 'qa', command: 'promote', from: 'dev', number: 1 },
      ...{ who, file: 'releases/qa.yaml', artifacts: [{ service: 'job', after: { hash, content } }] },
    };
    assert.deepEqual(
      told.map(({ type, data }) => [type, data]),
      [
        ['railhead.promote.proposed', { ...same, result: 'proposed', branch: 'promote/qa-1' }],
        ['railhead.promote.written', { ...same, result: 'written' }],
      ],
    );
  },
);
