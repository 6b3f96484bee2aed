import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { getObjects, kubectl, ownAddress } from './cluster.ts';

/** The name of the policy of tests. */
export const testPolicy = 'tests';

/** Allows requests from this machine, which runs the tests outside of the cluster, to all pods of a namespace. */
export async function admitThisMachine(namespace: string): Promise<void> {
  await applyObject({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: testPolicy, namespace },
    spec: { podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: `${await ownAddress()}/32` } }] }] },
  });
}

/** Returns the address of a service, `http://<address>:<port>`, which this machine reaches. */
export async function urlOfService(namespace: string, service: string, port: number): Promise<string> {
  const name = `--field-selector=metadata.name=${service}`;
  const [found] = await getObjects<{ spec: { clusterIP: string } }>(
    'services',
    `--namespace=${namespace}`,
    name,
  );
  if (found === undefined) throw new Error(`there is no Service ${service}`);
  return `http://${found.spec.clusterIP}:${port}`;
}

/** Creates or updates an object. */
export async function applyObject(object: object): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'railhead-object-'));
  try {
    const file = join(folder, 'object.yaml');
    writeFileSync(file, stringify(object));
    await kubectl('apply', '--server-side', `--filename=${file}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
