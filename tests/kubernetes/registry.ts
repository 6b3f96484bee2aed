import { randomBytes } from 'node:crypto';
import { kubectl } from './cluster.ts';
import { applyObject } from './inside.ts';
import { openDoor } from './outside.ts';
import { patience } from './system.ts';

/** Forwards connections of its own loopback address. Its arguments are the port, and the host and port of the other end. */
const forward = `
const { connect, createServer } = require('node:net');
const [own, host, port] = process.argv.slice(1);
createServer((socket) => {
  const other = connect(Number(port), host);
  socket.pipe(other).pipe(socket);
  socket.on('error', () => other.destroy()).on('close', () => other.destroy());
  other.on('error', () => socket.destroy()).on('close', () => socket.destroy());
}).listen(Number(own), '127.0.0.1');
`;

/**
 * Makes a registry on a loopback port of this machine reachable on the same loopback port of the nodes: without TLS, Docker and
 * containerd use registries on loopback addresses only. Returns what ends that.
 */
export async function openRegistry(host: string): Promise<() => Promise<void>> {
  const port = Number(host.split(':')[1]);
  const door = await openDoor({ port });
  const name = `registry-${randomBytes(3).toString('hex')}`;
  const labels = { app: name };
  const args = [String(port), door.address, String(door.port)];
  const command = ['node', '-e', forward, ...args];
  const containers = [{ name: 'forward', image: 'node:24-slim', command }];
  const spec = { hostNetwork: true, terminationGracePeriodSeconds: 0, containers };
  await applyObject({
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name, namespace: 'default' },
    spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec } },
  });
  const daemonSet = `daemonset/${name}`;
  const inDefault = '--namespace=default';
  await kubectl('rollout', 'status', inDefault, daemonSet, `--timeout=${patience}s`);
  return async () => {
    await kubectl('delete', inDefault, daemonSet, '--wait=false');
    door.close();
  };
}
