import { join, outputOf, resultOf, type Hole, type Text } from '../../plan/hole.ts';
import type { PlannedOptions, PlannedResource } from '../../plan/planned.ts';
import type { RouteTarget } from '../../stack/route-address.ts';
import { placeOf, servedHosts, type CloudflareOptions } from './options.ts';
import { placeCheck } from './place.ts';
import { cacheArgs, firewallArgs, floodArgs, tlsArgs } from './rules.ts';
import { originArgs, tunnelArgs, tunnelConfigArgs } from './tunnel.ts';
import { types } from './types.ts';
import { domainArgs, edgeBindings, scriptArgs, subdomainArgs } from './worker.ts';

/** The component of every resource. */
const component = 'gateway';

/**
 * Plans the Worker at its domain, and a tunnel to the services that only the Worker can use. Returns the public
 * URL.
 */
export function planCloudflare(options: CloudflareOptions): Text {
  const { resources } = options;
  const first = { requires: placeCheck(options) };
  const tunnel = resources.add(component, types.tunnel, 'gateway', tunnelArgs(options), first);
  const tunnelId = outputOf(tunnel, 'id');
  const closed = resources.add(component, types.tunnelConfig, 'gateway', tunnelConfigArgs(options, tunnelId));
  const connected = options.connect(tokenOf(options, tunnelId));
  const worker = planWorker(options, tunnelId, connected);
  const rules = options.ownsZone ? planRules(options, first) : [];
  const [domain, ...hosts] = servedHosts(options.gateway);
  const dependsOn = [closed, ...worker, ...rules];
  const add = (name: string, host: string) =>
    resources.add(component, types.domain, name, domainArgs(options, host), { dependsOn });
  const own = add('gateway', domain!);
  for (const host of hosts) add(`gateway-host-${host.replaceAll('.', '-')}`, host);
  return join('https://', outputOf(own, 'hostname'));
}

function tokenOf({ gateway }: CloudflareOptions, tunnelId: Text): Hole {
  const token = 'cloudflare:index/getZeroTrustTunnelCloudflaredToken:getZeroTrustTunnelCloudflaredToken';
  return resultOf({ function: token, args: { accountId: placeOf(gateway).account, tunnelId } }, 'token');
}

/** Plans the Worker after `dependsOn`, so that a new route takes effect only once its service is ready. */
function planWorker(
  options: CloudflareOptions,
  tunnelId: Text,
  dependsOn: PlannedResource[],
): PlannedResource[] {
  const { resources, gateway } = options;
  const bindings = edgeBindings(options);
  const nameAt = new Map(
    gateway.routes.map((one) => [new URL(options.originOf(one)).origin, originName(one)]),
  );
  const origins = Object.entries(bindings.origins).map(([binding, url]) => {
    const name = nameAt.get(url)!;
    const args = originArgs(options, name, url, tunnelId);
    const origin = resources.add(component, types.origin, `gateway-${name}`, args);
    return [binding, outputOf(origin, 'serviceId')] as const;
  });
  const args = scriptArgs(options, bindings, Object.fromEntries(origins));
  const script = resources.add(component, types.script, 'gateway', args, { dependsOn });
  const subdomain = resources.add(component, types.subdomain, 'gateway', subdomainArgs(options), {
    dependsOn: [script],
  });
  return [script, subdomain];
}

/** No service has a name with an underscore. */
function originName({ to, port }: RouteTarget): string {
  return port === undefined ? to : `${to}_${port}`;
}

function planRules(options: CloudflareOptions, first: PlannedOptions): PlannedResource[] {
  const { resources } = options;
  const ruleset = (name: string, args: ReturnType<typeof firewallArgs>) =>
    resources.add(component, types.ruleset, name, args, first);
  const flood = floodArgs(options);
  return [
    resources.add(component, types.zoneSetting, 'gateway-tls', tlsArgs(options), first),
    ruleset('gateway-firewall', firewallArgs(options)),
    ruleset('gateway-cache', cacheArgs(options)),
    ...(flood === undefined ? [] : [ruleset('gateway-flood', flood)]),
  ];
}
