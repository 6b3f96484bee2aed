import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unless } from '../../tools/testing/unless.ts';
import { lacksEngine } from '../targets/testing/system.ts';
import { makeClone, project, railhead } from './testing.ts';

const config = 'railhead:stackFile: stacks/test.yaml, railhead:target: process, railhead:ownMachine: true';

unless(await lacksEngine()).test(
  '--target with a component updates all resources of its service, and no other',
  async (t) => {
    const clone = makeClone(t);
    const save = (file: string, text: string) => writeFileSync(join(clone, file), text);
    const saveStack = (one: object, two: object) => {
      const service = (variables: object) => ({ source: 'app', cron: '0 0 31 12 *', variables });
      const services = { one: service(one), two: service(two) };
      save('stacks/test.yaml', JSON.stringify({ name: 'targeted', services }));
    };
    for (const folder of ['stacks', 'app']) mkdirSync(join(clone, folder));
    save('app/main.ts', '');
    save('Pulumi.dev.yaml', `config: { ${config} }\n`);
    saveStack({ A: '1', KEY: '${{IDENTITY_KEY}}' }, { A: '1' });
    const up = async (...flags: string[]) => {
      const { code, output, errors } = await railhead(clone, 'up', ...flags);
      assert.equal(code, 0, `${output}\n${errors}`);
      return [...output.matchAll(/:(\w+ [\w-]+) (created|updated|deleted) \(/g)].map(([, ...words]) =>
        words.join(' '),
      );
    };
    await up();

    // One resource of `one` changes, two are deleted; `two` changes too.
    saveStack({ A: '2' }, { A: '2', KEY: '${{IDENTITY_KEY}}' });
    const urn = (service: string) => `urn:pulumi:dev::${project}::railhead:index:Service::${service}`;
    const before = ['Cron one updated', 'KeyPair one-key-1 deleted', 'KeyPair one-key-2 deleted'];
    assert.deepEqual((await up('--target', urn('one'))).toSorted(), before);
    // One resource of `two` changes, two are new. It uses a secret that only the command sets.
    saveStack({ A: '2' }, { A: '2', KEY: '${{IDENTITY_KEY}}', TOKEN: '${{secret.TOKEN}}' });
    const after = ['Cron two updated', 'KeyPair two-key-1 created', 'KeyPair two-key-2 created'];
    assert.deepEqual((await up(`-t=${urn('two')}`, '-c', 'railhead:TOKEN=x')).toSorted(), after);
    assert.equal((await railhead(clone, 'down')).code, 0);
  },
);
