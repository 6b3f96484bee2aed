import type { Input } from '@pulumi/pulumi';
import { ConnectivityDirectoryService } from '@pulumi/cloudflare/connectivityDirectoryService.js';
import { getZeroTrustTunnelCloudflaredTokenOutput } from '@pulumi/cloudflare/getZeroTrustTunnelCloudflaredToken.js';
import { Ruleset } from '@pulumi/cloudflare/ruleset.js';
import { WorkersCustomDomain } from '@pulumi/cloudflare/workersCustomDomain.js';
import { WorkersScript } from '@pulumi/cloudflare/workersScript.js';
import { WorkersScriptSubdomain } from '@pulumi/cloudflare/workersScriptSubdomain.js';
import { ZeroTrustTunnelCloudflared } from '@pulumi/cloudflare/zeroTrustTunnelCloudflared.js';
import { ZeroTrustTunnelCloudflaredConfig } from '@pulumi/cloudflare/zeroTrustTunnelCloudflaredConfig.js';
import { ZoneSetting } from '@pulumi/cloudflare/zoneSetting.js';
import { interpolate, secret, type Output } from '@pulumi/pulumi/output.js';
import type { CustomResource, CustomResourceOptions, Resource } from '@pulumi/pulumi/resource.js';
import { reportUserErrors } from '../../common/report.ts';
import { placeOf, type CloudflareOptions } from './options.ts';
import { checkPlace } from './place.ts';
import { cacheArgs, firewallArgs, floodArgs, tlsArgs } from './rules.ts';
import { originArgs, tunnelArgs, tunnelConfigArgs } from './tunnel.ts';
import { domainArgs, edgeBindings, scriptArgs, subdomainArgs } from './worker.ts';

/**
 * Deploys the Worker at its domain, and a tunnel to the services that only the Worker can use. Returns the public
 * URL.
 */
export function deployCloudflare(options: CloudflareOptions): Output<string> {
  const first = { dependsOn: reportUserErrors(() => checkPlace(options)) };
  const tunnel = new ZeroTrustTunnelCloudflared('gateway', tunnelArgs(options), first);
  const closed = new ZeroTrustTunnelCloudflaredConfig('gateway', tunnelConfigArgs(options, tunnel.id));
  const connected = options.connect(tokenOf(options, tunnel));
  const worker = deployWorker(options, tunnel.id, connected);
  const rules = options.ownsZone ? deployRules(options, first) : [];
  const domain = new WorkersCustomDomain('gateway', domainArgs(options), {
    dependsOn: [closed, ...worker, ...rules],
  });
  return interpolate`https://${domain.hostname}`;
}

function tokenOf({ gateway }: CloudflareOptions, tunnel: ZeroTrustTunnelCloudflared): Output<string> {
  const place = { accountId: placeOf(gateway).account, tunnelId: tunnel.id };
  return secret(getZeroTrustTunnelCloudflaredTokenOutput(place).token);
}

/** Deploys the Worker after `dependsOn`, so that a new route takes effect only once its service is ready. */
function deployWorker(
  options: CloudflareOptions,
  tunnelId: Input<string>,
  dependsOn: Resource[],
): CustomResource[] {
  const { routes } = options.gateway;
  const bindings = edgeBindings(options);
  const serviceAt = new Map(routes.map(({ to }) => [new URL(options.originOf(to)).origin, to]));
  const origins = Object.entries(bindings.origins).map(([binding, url]) => {
    const service = serviceAt.get(url)!;
    const args = originArgs(options, service, url, tunnelId);
    return [binding, new ConnectivityDirectoryService(`gateway-${service}`, args).serviceId] as const;
  });
  const args = scriptArgs(options, bindings, Object.fromEntries(origins));
  const script = new WorkersScript('gateway', args, { dependsOn });
  const subdomain = new WorkersScriptSubdomain('gateway', subdomainArgs(options), { dependsOn: [script] });
  return [script, subdomain];
}

function deployRules(options: CloudflareOptions, first: CustomResourceOptions): CustomResource[] {
  const flood = floodArgs(options);
  return [
    new ZoneSetting('gateway-tls', tlsArgs(options), first),
    new Ruleset('gateway-firewall', firewallArgs(options), first),
    new Ruleset('gateway-cache', cacheArgs(options), first),
    ...(flood === undefined ? [] : [new Ruleset('gateway-flood', flood, first)]),
  ];
}
