import { configSecret } from '../../../plan/hole.ts';
import { ResourceList } from '../../../plan/resource.ts';
import { gateway } from '../../../stack/gateway.ts';
import type { CloudflareOptions } from '../options.ts';

export const account = 'a'.repeat(32);
export const zone = 'b'.repeat(32);

/** Returns a gateway that uses every field of the stack file. */
export function exampleOptions(changes: Partial<CloudflareOptions> = {}): CloudflareOptions {
  return {
    resources: new ResourceList(),
    name: 'rota-prod',
    gateway: exampleGateway(),
    originOf: ({ to }) => `http://${to}.rota-prod.svc.cluster.local:${to === 'api' ? 3001 : 3000}`,
    script: 'export default {};',
    signingKey: configSecret('a private key'),
    ownsZone: true,
    connect: () => [],
    ...changes,
  };
}

/** Returns the gateway as the schema of the stack file parses it. */
export function exampleGateway(changes: object = {}): CloudflareOptions['gateway'] {
  return gateway.parse({
    provider: 'cloudflare',
    cloudflare: { account, zone },
    domain: 'rota.example',
    routes: [
      { path: '/api/*', to: 'api' },
      { path: '/api/reports', to: 'api', cache: '1m', rateLimit: { requests: 5, period: '10s' } },
      {
        path: '/me/*',
        to: 'api',
        auth: { jwks: 'https://id.example.com/keys', issuer: 'https://id.example.com/', audience: 'rota' },
      },
      { path: '/*', to: 'web' },
    ],
    rateLimit: { requests: 100, period: '60s' },
    ...changes,
  });
}
