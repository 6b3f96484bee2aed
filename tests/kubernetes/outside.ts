import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { kubectl, ownAddress } from './cluster.ts';
import { patience } from './system.ts';

/** A port of this machine that pods can connect to if their network policy allows it. */
export interface Door {
  address: string;
  port: number;
  close: () => void;
}

/** Opens a port that forwards connections to a loopback server, or closes them at once without one. */
export async function openDoor(server?: { port: number }): Promise<Door> {
  const address = await ownAddress();
  const listener: Server = createServer((inside) => {
    if (server === undefined) return void inside.destroy();
    const upstream = connect({ host: '127.0.0.1', port: server.port });
    inside.pipe(upstream).pipe(inside);
    // If one side closes, the other is closed too; the client reports the reason.
    inside.on('error', () => upstream.destroy()).on('close', () => upstream.destroy());
    upstream.on('error', () => inside.destroy()).on('close', () => inside.destroy());
  }).listen(0, address);
  await once(listener, 'listening');
  return { address, port: (listener.address() as AddressInfo).port, close: () => listener.close() };
}

/** Starts a pod that is not part of the rendered system, in a namespace that is created if missing and stays. */
export async function startStranger(
  namespace: string,
): Promise<{ name: string; close: () => Promise<void> }> {
  const inNamespace = `--namespace=${namespace}`;
  const name = `stranger-${randomBytes(3).toString('hex')}`;
  // The namespace may already exist.
  await kubectl('create', 'namespace', namespace).catch(() => undefined);
  const command = ['--restart=Never', '--image=node:24-slim', '--command', '--', 'sleep', '600'];
  await kubectl('run', name, inNamespace, ...command);
  await kubectl('wait', '--for=condition=Ready', `pod/${name}`, inNamespace, `--timeout=${patience}s`);
  return {
    name,
    close: async () =>
      void (await kubectl('delete', 'pod', name, inNamespace, '--grace-period=1', '--wait=false')),
  };
}
