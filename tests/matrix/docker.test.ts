import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { docker, lacksDaemon, namesOf, removeLeftovers } from '../../infra/targets/docker/testing/daemon.ts';
import { environment, lacksEngine } from '../../infra/targets/testing/system.ts';
import { lacksPlugin, linkPlugin } from '../../tools/testing/plugins.ts';
import { freePort } from '../servers.ts';
import { describeMatrix, type Next } from './matrix.ts';
import { again, build, killed, preDeploy, refusedScaler, rollout, type Step } from './steps.ts';
import { stackOf, type Wish } from './stack.ts';

const skip = (await lacksEngine()) ?? lacksPlugin('docker') ?? lacksDaemon();
const stack = stackOf('docker');
const labels = { stack, environment };
const [first, second] = [await freePort(), await freePort()];

/** Another process listens on the port on which Docker publishes the gateway. */
let holder: Server | undefined;
const gateway: Step = {
  name: 'gateway',
  next: (old) => ({
    ...old,
    changes: { ...old.changes, gateway: { port: gatewayPort(old) === first ? second : first } },
  }),
  async break(_, wish) {
    holder = createServer().listen(gatewayPort(wish), '127.0.0.1').unref();
    await once(holder, 'listening');
  },
  repair: () =>
    new Promise<void>((resolve) => (holder?.listening ? holder.close(() => resolve()) : resolve())),
  says: [/gateway cannot be published: 127\.0\.0\.1:\d+ is already in use by pid \d+/, again],
};

const failing: Step = { ...rollout, says: [...rollout.says, new RegExp(`docker logs ${stack}-test-api-1`)] };

/** The image of the data server cannot be had. */
let images = 0;
const imageOf = (number: number) => `${stack}/redis:${number}`;
const data: Step = {
  name: 'data',
  next: (old) => ({
    ...old,
    changes: { ...old.changes, images: { redis: imageOf(++images) } },
  }),
  break: () => Promise.resolve(),
  repair: () => Promise.resolve(docker('tag', 'redis:7', imageOf(images))),
  says: [new RegExp(`error pulling image ${stack}/redis:`), again],
};

/** Another container of a service runs. Its id is in the state only if Pulumi waits for it already. */
const interrupted = killed(
  'container:Container|docker:Readiness',
  () => standing().filter((line) => line === 'container api replica').length > 1,
);

/** What a deployed stack is on a daemon, stopped containers included. */
const expected = [
  'container api balancer',
  'container api replica',
  'container gateway gateway',
  'container store server',
  'container web balancer',
  'container web replica',
];

describeMatrix('docker', {
  skip,
  changes: { gateway: { port: first } },
  prepare: ({ root }) => Promise.resolve(linkPlugin(root, 'docker')),
  cells: [build, preDeploy, failing, refusedScaler, gateway, data, interrupted].map((step) => ({
    step,
    next: nextOf(step),
  })),
  url: (_, wish) => Promise.resolve(`http://127.0.0.1:${gatewayPort(wish)}`),
  wrong: () => Promise.resolve(differences(standing().filter((line) => line.startsWith('container')))),
  left: () => Promise.resolve(standing()),
  clean: () => removeLeftovers(labels),
});

/** Those two leave the most behind: containers of two versions, and a server that was taken away. */
function nextOf({ name }: Step): Next[] {
  return ['rollout', 'data'].includes(name) ? ['revert', 'retry', 'down'] : ['revert', 'retry'];
}

function gatewayPort({ changes: { gateway: { port } = { port: first } } }: Wish): number {
  return port;
}

/** Containers and networks; volumes stay. */
function standing(): string[] {
  return [...namesOf('container', labels), ...namesOf('network', labels)].toSorted();
}

function differences(found: string[]): string[] {
  const missing = expected.filter((line) => !found.includes(line)).map((line) => `missing: ${line}`);
  const surplus = found.filter((line, index) => !expected.includes(line) || found.indexOf(line) !== index);
  return [...missing, ...surplus];
}
