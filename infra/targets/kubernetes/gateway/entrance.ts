import { isIPv4 } from 'node:net';
import type { CustomResourceArgs } from '@pulumi/kubernetes/apiextensions/customResource.js';
import type { WithHoles } from '../../../plan/resource.ts';
import { gatewayArtifact } from '../../../artifacts/programs.ts';
import { hostsOf } from '../../../gateway/hosts.ts';
import type { Gateway } from '../../../stack/schema.ts';
import type { input } from '../inputs.ts';
import { metadata, type Scope } from '../scope.ts';

/** The Secret that cert-manager writes the certificate to. */
export const tlsSecret = `${gatewayArtifact}-tls`;

/** Returns the namespace, or the address range, whose connections the gateway accepts; undefined if it accepts all. */
export function entranceFrom({ ingress, httpRoute }: Gateway): string | undefined {
  return ingress?.from ?? httpRoute?.from ?? httpRoute?.namespace;
}

/** Returns the Ingress of the gateway. */
export function ingressArgs(scope: Scope, gateway: Gateway, ingress: NonNullable<Gateway['ingress']>) {
  const { class: ingressClassName, issuer, secret, annotations } = ingress;
  const hosts = publicHosts(gateway);
  const secretName = issuer === undefined ? secret : tlsSecret;
  const backend = { service: { name: gatewayArtifact, port: { number: gateway.port } } };
  return {
    metadata: {
      ...metadata(scope, gatewayArtifact),
      annotations: {
        ...annotations,
        ...(issuer !== undefined && { 'cert-manager.io/cluster-issuer': issuer }),
        // Controllers without a load balancer of their own never report an address.
        'pulumi.com/skipAwait': 'true',
      },
    },
    spec: {
      ingressClassName,
      // Without a Secret, the controller uses its default certificate.
      tls: [{ hosts, ...(secretName !== undefined && { secretName }) }],
      rules: hosts.map((host) => ({ host, http: { paths: [{ path: '/', pathType: 'Prefix', backend }] } })),
    } satisfies WithHoles<input.networking.v1.IngressSpec>,
  };
}

/** Returns the HTTPRoute from a Gateway of the cluster to the gateway. */
export function httpRouteArgs(scope: Scope, gateway: Gateway, route: NonNullable<Gateway['httpRoute']>) {
  const { gateway: name, namespace, listener, annotations } = route;
  const parent = { group: 'gateway.networking.k8s.io', kind: 'Gateway', name, namespace };
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { ...metadata(scope, gatewayArtifact), ...(annotations !== undefined && { annotations }) },
    spec: {
      parentRefs: [{ ...parent, ...(listener !== undefined && { sectionName: listener }) }],
      hostnames: publicHosts(gateway),
      rules: [
        {
          matches: [{ path: { type: 'PathPrefix', value: '/' } }],
          backendRefs: [{ kind: 'Service', name: gatewayArtifact, port: gateway.port }],
        },
      ],
    },
  } satisfies WithHoles<CustomResourceArgs>;
}

/**
 * Returns the policy that lets the ingress controller connect to the pods with which cert-manager answers ACME's HTTP
 * challenges. cert-manager creates these pods in the namespace of the Ingress, whose default policy denies all connections.
 */
export function challengePolicyArgs(scope: Scope, { from }: NonNullable<Gateway['ingress']>) {
  return {
    metadata: metadata(scope, gatewayArtifact, 'service', `${gatewayArtifact}-acme`),
    spec: {
      podSelector: { matchLabels: { 'acme.cert-manager.io/http01-solver': 'true' } },
      policyTypes: ['Ingress'],
      ingress: [{ from: [peerOf(from)], ports: [{ port: 8089, protocol: 'TCP' }] }],
    } satisfies WithHoles<input.networking.v1.NetworkPolicySpec>,
  };
}

/** Returns a namespace or an address range as the peer of a network policy. */
export function peerOf(from: string): WithHoles<input.networking.v1.NetworkPolicyPeer> {
  return isRange(from)
    ? { ipBlock: { cidr: from } }
    : { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': from } } };
}

export function isRange(from: string): boolean {
  return from.includes('/');
}

/** Returns the hosts of an Ingress or HTTPRoute of the gateway, which cannot contain IP addresses. */
export function publicHosts(gateway: Gateway): string[] {
  return hostsOf(gateway, []).names.filter((host) => !isIPv4(host));
}
