import type { RecordedResource } from '../targets/shared/recorded.ts';
import { resourceName } from '../changes/resource-name.ts';
import { containersOf, textOf } from './containers.ts';

/** A way into the system from other machines. */
export interface Exposure {
  /** The service, `gateway`, or undefined for a resource of the whole environment. */
  component: string | undefined;
  /** The name of the Service, if that is a load balancer. */
  loadBalancer?: string;
  /** What opens it, for messages: `Service api (LoadBalancer)`. */
  by: string;
}

/** Returns every way into the system from other machines. What a rule cannot see, because it is unknown, counts as one. */
export function exposuresOf(resources: readonly RecordedResource[]): Exposure[] {
  const containers = containersOf(resources).flatMap(({ component, object, exposed }) =>
    exposed.map((way) => ({ component, by: `${object} (${way})` })),
  );
  const objects = resources.flatMap((resource): Exposure[] =>
    waysOf(resource).map((way) => ({
      component: resource.component,
      ...(way === ofLoadBalancer && { loadBalancer: resource.name }),
      by: `${resourceName(resource)} (${way})`,
    })),
  );
  return [...containers, ...objects];
}

const ofLoadBalancer = 'type "LoadBalancer"';

function waysOf({ type, values }: RecordedResource): string[] {
  if (type === 'kubernetes:core/v1:Service') {
    const { spec = {} } = values as { spec?: { type?: unknown; externalIPs?: unknown } };
    if (typeof spec !== 'object') return ['unknown settings'];
    const kind = spec.type ?? 'ClusterIP';
    return [
      ...(kind === 'ClusterIP' || kind === 'ExternalName' ? [] : [`type ${textOf(kind)}`]),
      ...(spec.externalIPs === undefined ? [] : ['externalIPs']),
    ];
  }
  if (/^kubernetes:[^:]*:(Ingress|HTTPRoute|TCPRoute)$/.test(type)) return ['public address'];
  // Programs on this machine listen on a loopback address of their environment.
  const { host } = values;
  const isPrivate = typeof host === 'string' && /^127\./.test(host);
  return type.startsWith('railhead:process:') && !isPrivate ? [`host ${textOf(host)}`] : [];
}
