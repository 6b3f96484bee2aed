import assert from 'node:assert/strict';
import { test } from 'vitest';
import { containerFindings } from './container-drift.ts';
import { parseContainers } from './live.ts';

const network = 'shop-dk.api.outside';

/** The fields of `docker container inspect` that drift reads, for a container of a service. */
const inspected = {
  Id: '2bf92a3c1d0e',
  Name: '/shop-dk-api-1-2bf92a3',
  Created: '2026-11-29T13:32:21.119Z',
  RestartCount: 0,
  State: {
    Status: 'running',
    Running: true,
    Paused: false,
    Restarting: false,
    OOMKilled: false,
    ExitCode: 0,
    FinishedAt: '0001-01-01T00:00:00Z',
  },
  Config: { Labels: { 'railhead.service': 'api' } },
  HostConfig: {
    Memory: 536870912,
    MemorySwap: 536870912,
    NanoCpus: 1000000000,
    PidsLimit: 512,
    RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 10 },
  },
  NetworkSettings: { Networks: { [network]: { IPAddress: '10.93.77.2' } } },
};

/** The inputs of its resource, as the state has them. */
const inputs = {
  cpus: '1.0',
  memory: 512,
  memorySwap: 512,
  restart: 'on-failure',
  maxRetryCount: 10,
  networksAdvanced: [{ name: network, aliases: [] }],
};

function findings(
  changes: { State?: object; HostConfig?: object; NetworkSettings?: object },
  given: object = inputs,
) {
  const { State, HostConfig, NetworkSettings } = inspected;
  const changed = {
    ...inspected,
    State: { ...State, ...changes.State },
    HostConfig: { ...HostConfig, ...changes.HostConfig },
    NetworkSettings: { ...NetworkSettings, ...changes.NetworkSettings },
  };
  const [live] = parseContainers(JSON.stringify([changed]));
  const about = { resource: 'Container shop-dk-api-1', service: 'api' };
  return containerFindings(about, given as Record<string, unknown>, live!, 512).map(
    ({ resource, service, ...rest }) => (assert.deepEqual({ resource, service }, about), rest),
  );
}

test('a container as it was deployed has no difference', () => {
  assert.deepEqual(findings({}), []);
  const none = { NetworkSettings: { Networks: { none: {} } } };
  assert.deepEqual(findings(none, { ...inputs, networksAdvanced: [] }), []);
});

test('what docker update changes is a difference; Docker reports 0 for what is not set', () => {
  assert.deepEqual(findings({ HostConfig: { Memory: 2 ** 28, NanoCpus: 0 } }), [
    { kind: 'changed', what: 'memory', deployed: '512 MiB', live: '256 MiB' },
    { kind: 'changed', what: 'CPU', deployed: '1' },
  ]);
  const [policy] = findings({ HostConfig: { RestartPolicy: { Name: 'always', MaximumRetryCount: 0 } } });
  assert.deepEqual(policy, {
    kind: 'changed',
    what: 'restart policy',
    deployed: 'on-failure, at most 10 times',
    live: 'always',
  });
});

test('the engine does not see another process limit or network, so the container is made again', () => {
  assert.deepEqual(
    findings({ HostConfig: { PidsLimit: null }, NetworkSettings: { Networks: { other: {} } } }),
    [
      { kind: 'changed', what: 'process limit', deployed: '512', replaces: true },
      { kind: 'changed', detail: `it was disconnected from the network ${network}`, replaces: true },
      { kind: 'changed', detail: 'it was connected to the network other', replaces: true },
    ],
  );
});

test('a container that does not run says how it ended; one that Docker starts again is no drift', () => {
  const ended = {
    Running: false,
    Status: 'exited',
    ExitCode: 137,
    OOMKilled: true,
    FinishedAt: '2026-11-29T13:40:00.5Z',
  };
  assert.deepEqual(findings({ State: ended }), [
    {
      kind: 'stopped',
      detail: 'it ended with exit code 137, as it needed more memory than its limit',
      changed: { at: '2026-11-29T13:40:00.500Z' },
    },
  ]);
  assert.deepEqual(findings({ State: { Running: false, Status: 'restarting' } }), []);
  assert.deepEqual(findings({ State: { Paused: true } }), [{ kind: 'stopped', detail: 'it is paused' }]);
});
