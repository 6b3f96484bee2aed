import assert from 'node:assert/strict';
import { globSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unless } from '../../tools/testing/unless.ts';
import { freePort } from '../../tests/servers.ts';
import { driftDocumentSchema } from '../delivery/drift/document.ts';
import { applyWorkload, readWorkload, stopWorkload } from '../supervisor/control.ts';
import { servicePaths } from '../supervisor/paths.ts';
import { lacksEngine } from '../targets/testing/system.ts';
import { makeClone, railhead, succeed, workloadOf } from './testing.ts';

const [token, other] = ['canary-5ab0117f', 'canary-77c20d4e'];
const settings = `config:
  railhead:stackFile: stacks/test.yaml
  railhead:target: process
  railhead:ownMachine: true
  railhead:TOKEN: ${token}
`;

const main = `
import { createServer } from 'node:http';
createServer((_, response) => response.end()).listen(Number(process.env.PORT), process.env.HOST);
`;

unless(await lacksEngine()).test(
  'drift of five kinds is named in words, and --mend takes back exactly that',
  async (t) => {
    const clone = makeClone(t);
    const save = (file: string, text: string) => writeFileSync(join(clone, file), text);
    const write = (variables: object) => {
      const cron = { source: 'job', cron: '0 0 31 12 *' };
      const services = {
        api: { source: 'app', port, replicas: 2, variables: { TOKEN: '${{secret.TOKEN}}', ...variables } },
        kept: { ...cron, variables },
        gone: cron,
        halted: cron,
      };
      save('stacks/test.yaml', JSON.stringify({ name: 'shop', services }));
    };
    const port = await freePort();
    for (const name of ['stacks', 'app', 'job']) mkdirSync(join(clone, name));
    save('app/main.ts', main);
    save('job/main.ts', '');
    const folder = (name: string) => servicePaths({ root: clone, environment: 'dev', name }).workload;
    const drift = async () => {
      const { code, output } = await railhead(clone, 'drift', '--json');
      const document = driftDocumentSchema.parse(JSON.parse(output));
      return { code, output, document, said: document.findings.map(({ sentence }) => sentence) };
    };
    save('Pulumi.dev.yaml', settings);
    write({ LEVEL: 'info' });
    await succeed(railhead(clone, 'up'));

    // What the stack file changes, and no update has deployed, is no drift.
    write({ LEVEL: 'info', NEW: '1' });
    assert.deepEqual((await drift()).said, []);
    write({ LEVEL: 'info' });

    const spec = JSON.parse(readFileSync(join(folder('api'), 'spec.json'), 'utf8')) as {
      env: Record<string, string>;
    };
    const edited = { ...spec, replicas: 5, env: { ...spec.env, LEVEL: 'debug', TOKEN: other } };
    writeFileSync(join(folder('api'), 'spec.json'), JSON.stringify(edited));
    await stopWorkload(folder('gone'));
    process.kill(readWorkload(folder('halted'))!.supervisor.pid);
    const stray = workloadOf(clone, 'stray', { command: 'sleep 1000' });
    await applyWorkload(stray.folder, stray.spec);

    const before = filesOf(clone);
    assert.ok(
      before.some((file) => file.includes('.pulumi/stacks')),
      before.join('\n'),
    );
    const { code, output, document, said } = await drift();
    assert.equal(code, 2);
    assert.deepEqual(filesOf(clone), before);
    assert.deepEqual(
      said.map((sentence) => sentence.replace(/changed .*$/, 'changed …')),
      [
        'replicas of api: 2 deployed, 5 on disk, changed …',
        'variable LEVEL of api: info deployed, debug on disk, changed …',
        'variable TOKEN of api: edited on disk, values hidden, changed …',
        'Cron gone: deleted, services/gone/spec.json does not exist',
        'halted: stopped, but not by an update',
        'workload stray: it runs and is not in the state; the next `up` stops it',
      ],
    );
    assert.deepEqual(document.notes, ['Files of this machine do not record who changed them.']);
    const text = await railhead(clone, 'drift');
    assert.equal(text.code, 2);
    for (const secret of [token, other]) assert.ok(![output, text.output].join().includes(secret), secret);

    // A change that is not deployed is refused where it would be deployed, and stays undeployed elsewhere.
    write({ LEVEL: 'warn' });
    const refused = await railhead(clone, 'drift', '--mend');
    assert.equal(refused.code, 1);
    assert.match(refused.errors, /^api has drifted, .*so nothing was changed\.$/m);
    assert.deepEqual((await drift()).said.length, 6);
    write({ LEVEL: 'info' });
    const mended = await railhead(clone, 'drift', '--mend');
    assert.equal(mended.code, 0, `${mended.output}\n${mended.errors}`);
    assert.match(mended.output, /dev is as update #2 \(.*\) left it\.\n$/);
    assert.deepEqual((await drift()).code, 0);
    const live = JSON.parse(readFileSync(join(folder('api'), 'spec.json'), 'utf8')) as typeof edited;
    assert.deepEqual([live.replicas, live.env.LEVEL, live.env.TOKEN], [2, 'info', token]);
    await succeed(railhead(clone, 'down'));
    rmSync(stray.folder, { recursive: true, force: true });
  },
);

/** Returns the files of the project, with their sizes and times, and the state byte by byte. */
function filesOf(root: string): string[] {
  const files = globSync('{.railhead/{dev,runs,store,state/.pulumi/stacks}/**,stacks/*,*.yaml}', {
    cwd: root,
  });
  return files
    .map((file) => [file, statSync(join(root, file))] as const)
    .filter(([file, found]) => found.isFile() && !file.endsWith('.log') && !file.endsWith('status.json'))
    .map(([file, { size, mtimeMs }]) => `${file} ${size} ${mtimeMs}`)
    .toSorted();
}
