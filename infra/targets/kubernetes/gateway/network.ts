import { gatewayArtifact } from '../../../artifacts/programs.ts';
import type { Gateway } from '../../../stack/schema.ts';
import type { input } from '../inputs.ts';
import { internet } from '../network.ts';
import { metadata, podsOf, type Scope } from '../scope.ts';
import { workerdPort } from './workerd.ts';

/** Where cloudflared finds Cloudflare: QUIC, the one protocol by which a Worker reaches private origins. */
const tunnelPorts = [
  { port: 7844, protocol: 'UDP' },
  { port: 443, protocol: 'TCP' },
];

/**
 * What the entrance may do beside reaching the services of its routes: our gateway is open to everybody and asks the
 * issuers of tokens for their keys; cloudflared is open to nobody and calls Cloudflare.
 */
export function entrancePolicyArgs(scope: Scope, { provider, routes }: Gateway) {
  const isTunnel = provider === 'cloudflare';
  const asksIssuers = routes.some(({ auth }) => auth !== undefined);
  const out = isTunnel ? tunnelPorts : asksIssuers ? [{ port: 443, protocol: 'TCP' }] : [];
  return {
    metadata: metadata(scope, gatewayArtifact, 'service', `${gatewayArtifact}-entrance`),
    spec: {
      podSelector: { matchLabels: podsOf(scope, gatewayArtifact) },
      policyTypes: ['Ingress', 'Egress'],
      ingress: isTunnel ? [] : [{ ports: [{ port: workerdPort, protocol: 'TCP' }] }],
      egress: out.length === 0 ? [] : [{ to: [internet], ports: out }],
    } satisfies input.networking.v1.NetworkPolicySpec,
  };
}
