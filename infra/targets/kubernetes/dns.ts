import type { WithHoles } from '../../plan/resource.ts';
import type { input } from './inputs.ts';

/** The address of NodeLocal DNSCache on every node of a cluster that has it. */
const nodeLocalAddress = '169.254.20.10/32';

/**
 * The egress rules for DNS: CoreDNS or kube-dns, NodeLocal DNSCache by its address or (with Cilium) by its pods, and
 * the DNS pods of OpenShift, which listen on another port. A rule for a server that the cluster does not have matches
 * nothing.
 */
export const dnsEgress = [
  {
    to: [
      podsIn('kube-system', { 'k8s-app': 'kube-dns' }),
      podsIn('kube-system', { 'k8s-app': 'node-local-dns' }),
      { ipBlock: { cidr: nodeLocalAddress } },
    ],
    ports: bothProtocols(53),
  },
  {
    to: [podsIn('openshift-dns', { 'dns.operator.openshift.io/daemonset-dns': 'default' })],
    ports: bothProtocols(5353),
  },
] satisfies WithHoles<input.networking.v1.NetworkPolicyEgressRule>[];

function podsIn(namespace: string, matchLabels: Record<string, string>) {
  return {
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
    podSelector: { matchLabels },
  };
}

function bothProtocols(port: number) {
  return ['UDP', 'TCP'].map((protocol) => ({ port, protocol }));
}
