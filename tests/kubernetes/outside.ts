import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { kubectl, ownAddress } from './cluster.ts';
import { patience } from './system.ts';

/** A port of this machine that pods may be let to. */
export interface Door {
  address: string;
  port: number;
  close: () => void;
}

/** Passes connections on to a server of the loopback, or ends them at once where none is given. */
export async function openDoor(server?: { port: number }): Promise<Door> {
  const address = await ownAddress();
  const listener: Server = createServer((inside) => {
    if (server === undefined) return void inside.destroy();
    const upstream = connect({ host: '127.0.0.1', port: server.port });
    inside.pipe(upstream).pipe(inside);
    // Whichever end goes takes the other with it; why is for the client to say.
    inside.on('error', () => upstream.destroy()).on('close', () => upstream.destroy());
    upstream.on('error', () => inside.destroy()).on('close', () => inside.destroy());
  }).listen(0, address);
  await once(listener, 'listening');
  return { address, port: (listener.address() as AddressInfo).port, close: () => listener.close() };
}

/** A pod that belongs to nothing we render, in a namespace that may be there already and stays. */
export async function startStranger(
  namespace: string,
): Promise<{ name: string; close: () => Promise<void> }> {
  const inNamespace = `--namespace=${namespace}`;
  const name = `stranger-${randomBytes(3).toString('hex')}`;
  // That it exists is what is wanted, whoever made it.
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
