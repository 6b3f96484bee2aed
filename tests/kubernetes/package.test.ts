import assert from 'node:assert/strict';
import { afterAll, beforeAll, test } from 'vitest';
import { lacksDaemon } from '../../infra/targets/docker/testing/daemon.ts';
import { eventually } from '../../tools/testing/eventually.ts';
import { linkPlugin } from '../../tools/testing/plugins.ts';
import { unless } from '../../tools/testing/unless.ts';
import { Outside, packRailhead, python } from '../package/outside.ts';
import { getObjects, kubectl, loadImages } from './cluster.ts';
import { lack } from './deployed.ts';
import { admitThisMachine, urlOfService } from './inside.ts';
import { patience } from './system.ts';

const environment = 'cluster';
const namespace = `outside-${environment}`;
const inNamespace = `--namespace=${namespace}`;
const railhead = (command: string) => `npx --no -- railhead ${command} -s ${environment}`;

const program = `
import { deploy } from 'railhead';

const system = await deploy({
  transform: {
    service: (args) => ({
      ...args,
      metadata: { ...args.metadata, annotations: { 'example.com/team': 'shop' } },
    }),
  },
});

export const url = system.url;
`;

unless(lack ?? lacksDaemon()).describe('a repository outside the clone, on Kubernetes', () => {
  let repository: Outside;

  beforeAll(async () => {
    repository = new Outside('outside');
    repository.write('package.json', '{ "name": "outside", "private": true }');
    await repository.run(`npm install --save-dev ${packRailhead(repository.folder)}`);
    await repository.run('npx --no -- railhead init --yes');
    linkPlugin(repository.folder, 'kubernetes');
    const settings = { 'railhead:stackFile': 'stacks/outside.yaml', 'railhead:target': 'kubernetes' };
    const machine = { 'railhead:ownMachine': true, 'kubernetes:kubeconfig': process.env.KUBECONFIG };
    repository.write(`Pulumi.${environment}.yaml`, JSON.stringify({ config: { ...settings, ...machine } }));
  });
  afterAll(async () => {
    repository.remove();
    await kubectl('delete', 'namespace', namespace, '--ignore-not-found', '--wait=false');
  });

  test('a Python service with a Dockerfile is deployed by the packed package and answers; down leaves nothing', async () => {
    repository.write('python/main.py', python);
    repository.write('python/Dockerfile', 'FROM python:3.11-slim\nCOPY . .\nCMD ["python3", "main.py"]\n');
    const service = { source: 'python', dockerfile: 'Dockerfile', port: 5000, health: { path: '/' } };
    repository.write(
      'stacks/outside.yaml',
      JSON.stringify({ name: 'outside', policy: { stage: 'development' }, services: { python: service } }),
    );
    repository.write('infra/index.ts', program);
    await loadImages((await repository.run(railhead('images'))).trim().split('\n').slice(-1));
    await repository.run(railhead('up'));

    await admitThisMachine(namespace);
    const url = await urlOfService(namespace, 'python', 5000);
    // The rule reaches the node after `kubectl apply` has returned.
    await eventually(async () => (await (await fetch(url)).text()) === 'hello from Python', patience * 1000);
    const services = await getObjects<{ metadata: { annotations?: Record<string, string> } }>(
      'services',
      inNamespace,
    );
    assert.deepEqual(
      services.map(({ metadata }) => metadata.annotations?.['example.com/team']),
      ['shop'],
    );

    await repository.run(railhead('down'));
    await eventually(
      async () => (await getObjects('deployments,services', inNamespace)).length === 0,
      patience * 1000,
    );
  });
});
