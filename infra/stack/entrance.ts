import * as z from 'zod';
import { fields } from '../fields/fields.ts';
import { ipRange } from '../fields/ip-range.ts';
import { annotations, objectName } from '../fields/kubernetes.ts';
import { obeys, valueAt } from '../fields/rules.ts';

const fromRule = 'a namespace, such as ingress-nginx, or an IPv4 range, such as 10.20.0.0/16';

/** Whose connections a gateway accepts: the pods of a namespace, or a range of addresses. */
const from = z.union(
  [ipRange, z.string(fromRule).regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, fromRule)],
  fromRule,
);

const own = annotations
  .optional()
  .describe('Further annotations of the object, such as those of its controller.');

const ingress = obeys(
  fields({
    class: objectName.describe('Name of the IngressClass, such as nginx.'),
    from: from.describe(
      'Namespace of the pods of the ingress controller, or the address range of a load balancer that connects to pods. Only it can connect to the gateway, and its X-Forwarded-For names the client.',
    ),
    issuer: objectName
      .optional()
      .describe('Name of the ClusterIssuer of cert-manager that issues the certificate.'),
    secret: objectName.optional().describe('Name of an existing Secret with the certificate.'),
    annotations: own,
  }),
  [
    {
      key: 'secret',
      holds: (map) => valueAt(map, 'secret') === undefined || valueAt(map, 'issuer') === undefined,
      problem: 'must be left out with "issuer", which creates the certificate',
    },
  ],
);

const httpRoute = fields({
  gateway: objectName.describe('Name of the Gateway of the cluster, which terminates TLS.'),
  namespace: objectName.describe('Namespace of the Gateway.'),
  listener: objectName
    .optional()
    .describe('Name of a listener of the Gateway, such as https; default: every listener.'),
  from: from
    .optional()
    .describe(
      'Namespace of the pods of the Gateway, or their address range; default: `namespace`. Only they can connect to the gateway, and their X-Forwarded-For names the client.',
    ),
  annotations: own,
});

/** The fields of the gateway for the object of a cluster through which requests from outside reach it. */
export const entranceFields = {
  ingress: ingress.optional().describe('Creates an Ingress for the hosts of the gateway, on Kubernetes.'),
  httpRoute: httpRoute
    .optional()
    .describe('Creates an HTTPRoute of the Gateway API for the hosts of the gateway, on Kubernetes.'),
};
