import { join } from 'node:path';
import { getObjects, kubectl } from './cluster.ts';
import { readyPods } from './pods.ts';
import { patience, type ClusterSystem } from './system.ts';

export interface Destination {
  /** Name in the result. */
  name: string;
  service: string;
  host: string;
  port: number;
}

/** Seconds after which an unfinished connection attempt counts as blocked. */
const limit = 5;

/** Returns the sorted names of the destinations that accept a TCP connection from the pod. */
export async function openFrom(
  { inNamespace }: Pick<ClusterSystem, 'inNamespace'>,
  pod: string,
  destinations: Omit<Destination, 'service'>[],
): Promise<string[]> {
  const attempts = destinations.map(
    ({ name, host, port }) =>
      `(timeout ${limit} bash -c ': </dev/tcp/${host}/${port}' 2>/dev/null && echo '${name}') &`,
  );
  const output = await kubectl(
    'exec',
    inNamespace,
    pod,
    '--',
    'bash',
    '-c',
    [...attempts, 'wait'].join('\n'),
  );
  return output.split('\n').filter(Boolean).toSorted();
}

/** Returns every Service of the namespace and every pod of a Service as a destination. */
export async function destinationsOf(rota: ClusterSystem): Promise<Destination[]> {
  const services = await getObjects<{
    metadata: { name: string };
    spec: { clusterIP: string; ports: { port: number }[] };
  }>('services', rota.inNamespace);
  const destinations = services.map(async ({ metadata: { name: service }, spec }) => {
    const { port } = spec.ports[0]!;
    return [
      { name: `Service ${service}`, service, host: spec.clusterIP, port },
      ...(await readyPods(rota, service)).map(({ name, address }) => ({
        name: `pod ${name}`,
        service,
        host: address,
        port,
      })),
    ];
  });
  return (await Promise.all(destinations)).flat();
}

/** Starts an idle pod from a CronJob, with the same network access as its regular runs. Returns its name. */
export async function startIdle({ inNamespace, system }: ClusterSystem, cronJob: string): Promise<string> {
  const made = ['create', 'job', 'idle', `--from=cronjob/${cronJob}`, '--dry-run=client', '--output=json'];
  const job = JSON.parse(await kubectl(...made, inNamespace)) as {
    spec: { template: { spec: { containers: { command?: string[] }[] } } };
  };
  job.spec.template.spec.containers[0]!.command = ['sleep', '600'];
  system.write('idle.yaml', job);
  await kubectl('create', inNamespace, `--filename=${join(system.root, 'idle.yaml')}`);
  const selector = '--selector=job-name=idle';
  const wait = ['wait', '--for=condition=Ready', 'pod', selector, inNamespace, `--timeout=${patience}s`];
  return (await kubectl(...wait, '--output=jsonpath={.metadata.name}')).trim();
}
