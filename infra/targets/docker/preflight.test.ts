import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'vitest';
import { graphOf } from '../../graph/scratch-graph.ts';
import { parseRoutes } from './occupied.ts';
import { addressCheck, preflightDocker } from './preflight.ts';
import { formatRange, parseRange } from './ranges.ts';
import { standardPool } from './subnets.ts';
import { docker, lacksDaemon } from './testing/daemon.ts';
import { unless } from '../../../tools/testing/unless.ts';

const network = { name: 'shop-test.web.api', service: 'web', internal: true, subnet: '10.93.4.16/28' };

test('networks that overlap with another network or route are reported with a free address pool', () => {
  const check = (cidr: string) =>
    addressCheck([network], [{ range: parseRange(cidr)!, by: 'the route of tun0' }], 'shop-test', 'test');
  for (const cidr of ['10.0.0.0/8', '10.93.4.24/30', '10.93.4.31/32']) {
    const { found, mend } = check(cidr);
    assert.equal(found, '10.93.4.16/28 of shop-test.web.api is used by the route of tun0');
    assert.match(mend ?? '', /^npm run pulumi -- config set railhead:dockerPool /);
  }
  for (const cidr of ['10.93.4.0/28', '10.93.4.32/28', '192.168.0.0/16'])
    assert.equal(check(cidr).mend, undefined);
});

test('Linux routes are read as ranges, without the default route', () => {
  const table = [
    'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT',
    'eth0\t00000000\t010200C0\t0003\t0\t0\t0\t00000000\t0\t0\t0',
    'tun0\t00005D0A\t00000000\t0001\t0\t0\t0\t0000FFFF\t0\t0\t0',
    '',
  ].join('\n');
  assert.deepEqual(
    parseRoutes(table).map(({ range, by }) => `${formatRange(range)} ${by}`),
    ['10.93.0.0/16 the route of tun0'],
  );
});

const lack = lacksDaemon();

unless(lack).test(
  'a network of the daemon with the same addresses is found before any resource is created',
  async (t) => {
    const name = `preflight-${randomBytes(3).toString('hex')}`;
    const services = `services:\n  api: { source: app, port: 3001 }\n  web: { source: app, port: 3000, variables: { API: '\${{api.URL}}' } }`;
    const graph = graphOf(t, `name: ${name}\n${services}`);
    const context = { root: '/', environment: 'test', dockerPool: undefined };
    const addresses = async (dockerPool?: string) =>
      (await preflightDocker(graph, { ...context, dockerPool })).find((check) => check.name === 'Addresses');
    assert.equal((await addresses())?.mend, undefined);
    docker('network', 'create', '--subnet', standardPool(`${name}-test`), name);
    t.onTestFinished(() => void docker('network', 'rm', name));
    const { found, mend } = (await addresses())!;
    assert.match(found, new RegExp(`is used by the network ${name}`));
    const [, pool] = /railhead:dockerPool (\S+) -s test$/.exec(mend ?? '') ?? [];
    assert.equal((await addresses(pool))?.mend, undefined);
  },
);
