import { gatewayArtifact } from '../../../artifacts/programs.ts';
import type { Gateway } from '../../../stack/schema.ts';
import type { input } from '../inputs.ts';
import { metadata, podsOf, type Scope } from '../scope.ts';

/** Addresses that are nobody's on the internet. */
const internet = {
  ipBlock: {
    cidr: '0.0.0.0/0',
    except: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', '169.254.0.0/16'],
  },
};

/** Where cloudflared finds Cloudflare: QUIC, or HTTP/2 where a firewall stops QUIC. */
const tunnelPorts = [
  { port: 7844, protocol: 'UDP' },
  { port: 7844, protocol: 'TCP' },
  { port: 443, protocol: 'TCP' },
];

/**
 * What the entrance may do beside reaching the services of its routes: our gateway is open to everybody and asks the
 * issuers of tokens for their keys; cloudflared is open to nobody and calls Cloudflare.
 */
export function entrancePolicyArgs(scope: Scope, { provider, port, routes }: Gateway) {
  const isTunnel = provider === 'cloudflare';
  const asksIssuers = routes.some(({ auth }) => auth !== undefined);
  const out = isTunnel ? tunnelPorts : asksIssuers ? [{ port: 443, protocol: 'TCP' }] : [];
  return {
    metadata: metadata(scope, gatewayArtifact, 'service', `${gatewayArtifact}-entrance`),
    spec: {
      podSelector: { matchLabels: podsOf(scope, gatewayArtifact) },
      policyTypes: ['Ingress', 'Egress'],
      ingress: isTunnel ? [] : [{ ports: [{ port, protocol: 'TCP' }] }],
      egress: out.length === 0 ? [] : [{ to: [internet], ports: out }],
    } satisfies input.networking.v1.NetworkPolicySpec,
  };
}
