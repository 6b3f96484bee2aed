import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'vitest';
import { freePort } from '../../tests/servers.ts';
import { capture } from '../../tools/command.ts';
import { unless } from '../../tools/testing/unless.ts';
import { makeFolder } from '../common/folders.ts';
import { loopbackAddress } from '../targets/process/address.ts';
import { copyProject, lacksEngine } from '../targets/testing/system.ts';
import { chosenStack } from './chosen-stack.ts';

unless(await lacksEngine()).test(
  'two projects of one repository run side by side, in a path of 140 characters with a space and an umlaut',
  async (t) => {
    const repository = longFolder(t);
    const port = await freePort();
    const shop = makeProject(t, repository, 'shop', {
      port,
      data: { db: { type: 'postgres', version: '17' } },
    });
    const office = makeProject(t, repository, 'office', {
      port,
      data: { jobs: { type: 'redis', version: '7' } },
    });
    assert.ok(Buffer.byteLength(shop.root) > 140);

    for (const { railhead } of [shop, office]) await railhead('up');
    for (const { name, url } of [shop, office]) assert.equal(await (await fetch(url)).text(), name);
    assert.match(await shop.railhead('status'), /^db +1\/1 +ready /m);
    assert.match(await office.railhead('status'), /^jobs +1\/1 +ready /m);
    await office.railhead('pulumi', 'stack', 'select', 'laptop');
    assert.equal(chosenStack(office.root, [], {}), 'organization/office/laptop');

    await shop.railhead('down', '--data', '--yes');
    assert.match(await shop.railhead('recover'), /There is nothing to recover in laptop/);
    assert.equal(await (await fetch(office.url)).text(), 'office');
    await office.railhead('pulumi', 'preview', '--expect-no-changes');
  },
);

/** Creates a folder whose path has more bytes than that of a Unix socket may have. */
function longFolder(t: TestContext): string {
  const top = realpathSync(mkdtempSync(join(tmpdir(), 'railhead-projects-')));
  t.onTestFinished(() => rmSync(top, { recursive: true }));
  const folder = join(top, 'Bestellungen Müller'.padEnd(139 - top.length, '-'));
  // Postgres may run as another user, who needs to pass through the folders.
  for (const each of [top, folder]) makeFolder(each, 0o711);
  return folder;
}

/** Makes a project with one environment, `laptop`, whose only service replies with the name of the project. */
function makeProject(
  t: TestContext,
  repository: string,
  name: string,
  { port, data }: { port: number; data: object },
) {
  const root = join(repository, name);
  copyProject(root, name);
  const variables = { NAME: name };
  const api = { source: 'services/api', port, health: { path: '/' }, variables };
  const files = {
    'Pulumi.laptop.yaml':
      'config: { railhead:stackFile: stacks/system.yaml, railhead:target: process, railhead:ownMachine: true }\n',
    'stacks/system.yaml': JSON.stringify({ name: 'system', services: { ...data, api } }),
    'services/api/main.js': `
import { createServer } from 'node:http';
createServer((_, response) => response.end(process.env.NAME)).listen(process.env.PORT, process.env.HOST);
`,
  };
  for (const folder of ['stacks', 'services/api']) mkdirSync(join(root, folder), { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(join(root, file), text);

  const railhead = async (...args: string[]): Promise<string> => {
    const options = { cwd: join(root, 'services/api'), env: { PATH: process.env['PATH'] ?? '' } };
    const script = join(root, 'dist/railhead.js');
    const { code, stdout, problem } = await capture(process.execPath, [script, ...args], options);
    assert.equal(code, 0, `${args.join(' ')}: ${stdout}${problem}`);
    return stdout;
  };
  t.onTestFinished(() => railhead('down', '--data', '--yes').then(() => {}));
  return { name, root, railhead, url: `http://${loopbackAddress(root, 'laptop')}:${port}` };
}
