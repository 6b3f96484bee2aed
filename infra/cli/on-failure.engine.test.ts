import assert from 'node:assert/strict';
import { freePort } from '../../tests/servers.ts';
import { unless } from '../../tools/testing/unless.ts';
import { loadRelease } from '../releases/load.ts';
import { loopbackAddress } from '../targets/process/address.ts';
import { lacksEngine } from '../targets/testing/system.ts';
import { gitClone } from './testing-clone.ts';
import { railhead } from './testing.ts';

const server = (text: string) => `
import { createServer } from 'node:http';
createServer((_, response) => response.end('${text}')).listen(process.env.PORT, process.env.HOST);
`;

unless(await lacksEngine()).test(
  'onFailure: rollback goes back to the former artifacts, stops after a migration, and goes on if that is compatible',
  async (t) => {
    const port = await freePort();
    const { root, write, run, commit, reply } = gitClone(
      t,
      'dev',
      (root) => `http://${loopbackAddress(root, 'dev')}:${port}`,
    );
    const stack = (preDeploy: object = {}) => {
      const commands = { command: 'node migrate.js', migrations: 'migrations/*.sql', ...preDeploy };
      const api = { source: 'api', port, health: { path: '/', timeout: '5s' }, preDeploy: commands };
      const restart = { policy: 'never' };
      const services = { api: { ...api, restart } };
      write('stacks/test.yaml', JSON.stringify({ name: 'shop', onFailure: 'rollback', services }));
    };
    const fails = async () => {
      const { code, errors, output } = await railhead(root, 'up');
      assert.equal(code, 1, output);
      return errors;
    };
    write('.gitignore', ['.railhead', 'infra', 'tools', 'dist', 'node_modules', 'package.json'].join('\n'));
    const settings = { stackFile: 'stacks/test.yaml', target: 'process', ownMachine: true };
    const entries = Object.entries(settings).map(([key, value]) => [`railhead:${key}`, value] as const);
    write('Pulumi.dev.yaml', JSON.stringify({ config: Object.fromEntries(entries) }));
    write('api/migrate.ts', '');
    write('api/migrations/1.sql', '');
    write('api/main.ts', server('one'));
    stack();
    commit();
    await run('up');

    write('api/main.ts', 'process.exit(3);');
    assert.match(await fails(), /^#2 failed: rolling the artifacts of dev back to #1$/m);
    assert.equal(await reply(), 'one');
    assert.match((await run('history')).output, /^3 .*succeeded +rollback to #1: /m);
    assert.equal(loadRelease('dev', root), undefined);

    write('api/migrations/2.sql', '');
    write('api/main.ts', 'process.exit(4);');
    const stopped = await fails();
    assert.match(stopped, /^#4 failed, and `onFailure: rollback` changed nothing:$/m);
    assert.match(stopped, /^ {2}api: migrations\/2\.sql, not known to be reversible$/m);
    assert.equal(await reply(), 'one');

    stack({ backwardCompatible: true });
    assert.match(await fails(), /^#5 failed: rolling the artifacts of dev back to #3$/m);
    assert.equal(await reply(), 'one');

    write('api/main.ts', server('two'));
    await run('up');
    assert.equal(await reply(), 'two');

    const back = await run('rollback', 'dev', '--yes', '--to', '1', '--across-migrations');
    assert.match(back.output, /Roll dev back to #1/);
    assert.equal(await reply(), 'one');
  },
);
