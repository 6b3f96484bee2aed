import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../servers.ts';
import { kubectl } from './cluster.ts';
import { addDefinitions } from './custom-resources.ts';
import { applyObject } from './inside.ts';

/** Folder with the program `traefik` and the definitions of the Gateway API, `crds/*.yaml`. */
const folder = process.env.RAILHEAD_TRAEFIK ?? '';

/** Returns the reason why a test that needs an ingress controller cannot run. */
export function lacksTraefik(): string | undefined {
  if (folder === '') return 'there is no ingress controller: set RAILHEAD_TRAEFIK';
  const program = join(folder, 'traefik');
  return existsSync(program) ? undefined : `RAILHEAD_TRAEFIK has no ${program}`;
}

/** An ingress controller of the cluster. It runs on this machine, outside of the cluster. */
export interface Controller {
  /** The name of its IngressClass and GatewayClass. */
  name: string;
  /** Ports on loopback. */
  http: number;
  https: number;
  close: () => Promise<void>;
}

/** Starts an ingress controller, with the definitions of the Gateway API and classes of its own. */
export async function startController(name: string): Promise<Controller> {
  const removeDefinitions = await addDefinitions(join(folder, 'crds/*.yaml'));
  await applyObject({
    ...{ apiVersion: 'networking.k8s.io/v1', kind: 'IngressClass', metadata: { name } },
    spec: { controller: 'traefik.io/ingress-controller' },
  });
  await applyObject({
    ...{ apiVersion: 'gateway.networking.k8s.io/v1', kind: 'GatewayClass', metadata: { name } },
    spec: { controllerName: 'traefik.io/gateway-controller' },
  });
  const [http, https] = [await freePort(), await freePort()];
  const controller = spawn(
    join(folder, 'traefik'),
    [
      `--entrypoints.web.address=127.0.0.1:${http}`,
      `--entrypoints.websecure.address=127.0.0.1:${https}`,
      '--entrypoints.websecure.http.tls=true',
      ...['--providers.kubernetesingress', '--providers.kubernetesgateway'],
      ...['--global.checknewversion=false', '--global.sendanonymoususage=false'],
    ],
    { stdio: 'ignore' },
  );
  await once(controller, 'spawn');
  const ended = once(controller, 'exit');
  return {
    ...{ name, http, https },
    close: async () => {
      controller.kill();
      await ended;
      await kubectl('delete', `ingressclass/${name}`, `gatewayclass/${name}`, '--ignore-not-found');
      await removeDefinitions();
    },
  };
}

/** Creates a Secret with a self-signed certificate for a host. Returns the certificate. */
export async function makeCertificate(namespace: string, secret: string, host: string): Promise<string> {
  const files = mkdtempSync(join(tmpdir(), 'railhead-certificate-'));
  try {
    const [key, certificate] = [join(files, 'key.pem'), join(files, 'certificate.pem')];
    const subject = ['-subj', `/CN=${host}`, '-addext', `subjectAltName=DNS:${host}`];
    const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
    execFileSync('openssl', ['req', ...kind, ...subject, '-keyout', key, '-out', certificate], {
      stdio: 'ignore',
    });
    await kubectl(
      ...['create', 'secret', 'tls', secret, `--namespace=${namespace}`],
      ...[`--cert=${certificate}`, `--key=${key}`],
    );
    return readFileSync(certificate, 'utf8');
  } finally {
    rmSync(files, { recursive: true });
  }
}
