import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request as http, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { request as https } from 'node:https';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, test } from 'vitest';
import { lacksDaemon } from '../../infra/targets/docker/testing/daemon.ts';
import { fail, succeed } from '../../infra/targets/testing/system.ts';
import { eventually } from '../../tools/testing/eventually.ts';
import { linkPlugin } from '../../tools/testing/plugins.ts';
import { unless } from '../../tools/testing/unless.ts';
import { addCertManager, lacksCertManager } from './cert-manager.ts';
import { getObjects, kubectl, ownAddress, tryKubectl } from './cluster.ts';
import { image, lack } from './deployed.ts';
import { applyObject } from './inside.ts';
import { startStranger } from './outside.ts';
import { createClusterSystem, patience, type ClusterSystem } from './system.ts';
import { lacksTraefik, makeCertificate, startController, type Controller } from './traefik.ts';

const host = 'hello.example.com';
const program =
  'require("http").createServer(({ headers }, response) => response.end(JSON.stringify(headers))).listen(process.env.PORT)';

interface Annotated {
  metadata: { annotations?: Record<string, string> };
}

/** Tests `pulumi up` with a real ingress controller, which runs outside of the cluster. The tests depend on their order. */
unless(lack ?? lacksDaemon() ?? lacksTraefik()).describe('the entrance of a cluster', () => {
  let cluster: ClusterSystem;
  let controller: Controller;
  let certificate = '';
  let from = '';

  /** Writes the stack file with `ingress` or `httpRoute` of its gateway. */
  function write(entrance: object): void {
    const hello = { image, start: `node -e '${program}'`, port: 3000 };
    cluster.system.write('stacks/test.yaml', {
      ...{ name: 'entrance', policy: { stage: 'development' }, services: { hello } },
      gateway: { port: 8080, domain: host, routes: [{ path: '/*', to: 'hello' }], ...entrance },
    });
  }

  async function deploy(entrance: object): Promise<void> {
    write(entrance);
    await cluster.loadImages();
    await succeed(cluster.system.up());
  }

  /** Sends a request to the controller, as a client that claims another address. Returns the headers that the service got. */
  async function ask(send: typeof http, port: number): Promise<IncomingHttpHeaders> {
    const options = { host: '127.0.0.1', port, servername: host, ca: certificate };
    const asked = send({ ...options, headers: { host, 'x-forwarded-for': '192.0.2.7' } });
    asked.end();
    const [response] = (await once(asked, 'response')) as [IncomingMessage];
    assert.equal(response.statusCode, 200);
    return (await json(response)) as IncomingHttpHeaders;
  }

  beforeAll(async () => {
    cluster = await createClusterSystem('entrance');
    linkPlugin(cluster.system.root, 'kubernetes');
    controller = await startController(cluster.namespace);
    from = `${await ownAddress()}/32`;
  });
  afterAll(async () => {
    await cluster.close();
    await controller.close();
  });

  test('an Ingress brings requests by TLS, and its controller names the client', async () => {
    await deploy({ ingress: { class: controller.name, from, secret: 'certificate' } });
    certificate = await makeCertificate(cluster.namespace, 'certificate', host);
    const headers = await eventually(
      () => ask(https, controller.https).catch(() => undefined),
      patience * 1000,
    );
    assert.equal(headers['x-forwarded-for'], '127.0.0.1');
    assert.equal(headers['x-forwarded-proto'], 'https');
    assert.equal(headers['x-forwarded-host'], host);
  });

  test('no other pod can connect to the gateway', async (t) => {
    const stranger = await startStranger(`${cluster.namespace}-other`);
    t.onTestFinished(async () => {
      await stranger.close();
      await kubectl('delete', 'namespace', `${cluster.namespace}-other`, '--wait=false');
    });
    const url = `http://gateway.${cluster.namespace}.svc:8080/`;
    const script = `fetch('${url}', { signal: AbortSignal.timeout(5000) }).then(() => process.exit(0), () => process.exit(7))`;
    const { code } = await tryKubectl(
      ...['exec', `--namespace=${cluster.namespace}-other`, stranger.name, '--', 'node', '-e', script],
    );
    assert.equal(code, 7);
  });

  test('an HTTPRoute of the Gateway API takes the place of the Ingress', async () => {
    await applyObject({
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'Gateway',
      metadata: { name: 'public', namespace: cluster.namespace },
      spec: {
        gatewayClassName: controller.name,
        listeners: [{ name: 'web', protocol: 'HTTP', port: controller.http }],
      },
    });
    await deploy({ httpRoute: { gateway: 'public', namespace: cluster.namespace, listener: 'web', from } });
    assert.equal(await kubectl('get', 'ingresses', cluster.inNamespace, '--output=name'), '');
    const headers = await eventually(
      () => ask(http, controller.http).catch(() => undefined),
      patience * 1000,
    );
    assert.equal(headers['x-forwarded-proto'], 'http');
  });

  unless(lacksCertManager()).test('an Ingress names an issuer of cert-manager that exists', async (t) => {
    t.onTestFinished(await addCertManager());
    const issuer = cluster.namespace;
    const ingress = { class: controller.name, from, issuer };
    write({ ingress });
    await fail(
      cluster.system.railhead('up'),
      new RegExp(`ClusterIssuer: the cluster has no ${issuer}, which`),
    );
    assert.equal(await kubectl('get', 'ingresses', cluster.inNamespace, '--output=name'), '');
    await applyObject({
      apiVersion: 'cert-manager.io/v1',
      kind: 'ClusterIssuer',
      metadata: { name: issuer },
      spec: { selfSigned: {} },
    });
    await succeed(cluster.system.railhead('up'));
    const [made] = await getObjects<Annotated>('ingresses', cluster.inNamespace);
    const named = made?.metadata.annotations?.['cert-manager.io/cluster-issuer'] ?? '';
    assert.equal(
      await kubectl('get', 'clusterissuers', named, '--output=name'),
      `clusterissuer.cert-manager.io/${issuer}\n`,
    );
    await kubectl('get', 'networkpolicies', 'gateway-acme', cluster.inNamespace);
  });
});
