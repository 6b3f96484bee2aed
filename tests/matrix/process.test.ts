import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { railheadCommand } from '../../infra/common/commands.ts';
import { loopbackAddress } from '../../infra/targets/process/address.ts';
import { environmentPaths } from '../../infra/supervisor/paths.ts';
import { environment, lacksEngine, type TestSystem } from '../../infra/targets/testing/system.ts';
import { wrongProcesses } from '../wrong-processes.ts';
import { describeMatrix, everyNext } from './matrix.ts';
import type { Wish } from './stack.ts';
import { again, build, preDeploy, refusedScaler, rollout, type Step } from './steps.ts';

const hostOf = ({ root }: TestSystem) => loopbackAddress(root, environment);
const processesOf = (system: TestSystem) =>
  wrongProcesses({ root: system.root, services: environmentPaths(system.root, environment).services });

/** Another process listens on the gateway's port. */
const gateway: Step = {
  name: 'gateway',
  next: (old) => ({ ...old, changes: { ...old.changes, gateway: { port: gatewayPort(old) + 1 } } }),
  ...heldPort(gatewayPort),
  says: [/gateway did not get ready: \S+ is already in use by pid \d+/, logsOf('gateway'), again],
};

/** Another process listens on the port of Redis. */
const data: Step = {
  name: 'data',
  next: (old) => ({ ...old, changes: { ...old.changes, store: { port: storePort(old) + 1 } } }),
  ...heldPort(storePort),
  says: [/store did not get ready: \S+ is already in use by pid \d+/, logsOf('store'), again],
};

describeMatrix('process', {
  skip: await lacksEngine(),
  cells: [build, withLogs(preDeploy), withLogs(rollout), refusedScaler, gateway, data].map((step) => ({
    step,
    next: everyNext,
  })),
  url: (system, wish) => Promise.resolve(`http://${hostOf(system)}:${gatewayPort(wish)}`),
  wrong: (system) => Promise.resolve(processesOf(system)),
  left: (system) => Promise.resolve(processesOf(system)),
});

function logsOf(service: string): RegExp {
  return new RegExp(`Next: ${railheadCommand(environment, 'logs', service)}$`, 'm');
}

function withLogs(step: Step): Step {
  return { ...step, says: [...step.says, logsOf('api')] };
}

function gatewayPort({ changes: { gateway = { port: 8080 } } }: Wish): number {
  return gateway.port;
}

function storePort({ changes: { store = { port: 6379 } } }: Wish): number {
  return (store as { port: number }).port;
}

function heldPort(portOf: (wish: Wish) => number): Pick<Step, 'break' | 'repair'> {
  let holder: Server | undefined;
  return {
    async break(system, wish) {
      holder = createServer().listen(portOf(wish), hostOf(system));
      await once(holder.unref(), 'listening');
    },
    repair: () =>
      new Promise<void>((resolve) => (holder?.listening ? holder.close(() => resolve()) : resolve())),
  };
}
