import type { WithHoles } from '../../../plan/resource.ts';
import { gatewayArtifact } from '../../../artifacts/programs.ts';
import type { Gateway } from '../../../stack/schema.ts';
import type { input } from '../inputs.ts';
import { internet } from '../network.ts';
import { metadata, podsOf, type Scope } from '../scope.ts';
import { entranceFrom, peerOf } from './entrance.ts';
import { workerdPort } from './workerd.ts';

/**
 * The ports of Cloudflare for cloudflared: QUIC (7844), the only protocol for private origins of a Worker, and HTTPS
 * (443).
 */
const tunnelPorts = [
  { port: 7844, protocol: 'UDP' },
  { port: 443, protocol: 'TCP' },
];

/**
 * Returns the policy of the entrance, in addition to the rules for its routes. Railhead's gateway accepts all connections, or
 * those of the controller of its Ingress or HTTPRoute only, and can fetch the keys of token issuers. cloudflared accepts no
 * connections and can connect to Cloudflare.
 */
export function entrancePolicyArgs(scope: Scope, gateway: Gateway) {
  const { provider, routes } = gateway;
  const from = entranceFrom(gateway);
  const isTunnel = provider === 'cloudflare';
  const asksIssuers = routes.some(({ auth }) => auth !== undefined);
  const out = isTunnel ? tunnelPorts : asksIssuers ? [{ port: 443, protocol: 'TCP' }] : [];
  return {
    metadata: metadata(scope, gatewayArtifact, 'service', `${gatewayArtifact}-entrance`),
    spec: {
      podSelector: { matchLabels: podsOf(scope, gatewayArtifact) },
      policyTypes: ['Ingress', 'Egress'],
      ingress: isTunnel
        ? []
        : [
            {
              ...(from !== undefined && { from: [peerOf(from)] }),
              ports: [{ port: workerdPort, protocol: 'TCP' }],
            },
          ],
      egress: out.length === 0 ? [] : [{ to: [internet], ports: out }],
    } satisfies WithHoles<input.networking.v1.NetworkPolicySpec>,
  };
}
