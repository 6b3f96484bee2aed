import type { Input } from '@pulumi/pulumi';
import type { ConnectivityDirectoryServiceArgs } from '@pulumi/cloudflare/connectivityDirectoryService.js';
import type { ZeroTrustTunnelCloudflaredArgs } from '@pulumi/cloudflare/zeroTrustTunnelCloudflared.js';
import type { ZeroTrustTunnelCloudflaredConfigArgs } from '@pulumi/cloudflare/zeroTrustTunnelCloudflaredConfig.js';
import { placeOf, type CloudflareOptions } from './options.ts';

/** cloudflared calls out and keeps the connection: nothing of the origin listens to the internet. */
export function tunnelArgs({ name, gateway }: CloudflareOptions): ZeroTrustTunnelCloudflaredArgs {
  return { accountId: placeOf(gateway).account, name, configSrc: 'cloudflare' };
}

/** No public hostname leads into the tunnel, which would be a way around the Worker. */
export function tunnelConfigArgs(
  { gateway }: CloudflareOptions,
  tunnelId: Input<string>,
): ZeroTrustTunnelCloudflaredConfigArgs {
  return {
    accountId: placeOf(gateway).account,
    tunnelId,
    config: { ingresses: [{ service: 'http_status:404' }] },
  };
}

/**
 * One service at the far end of the tunnel. Its `fetch` connects to this host and port whatever the URL says; the
 * URL's host is the `Host` that the origin sees.
 */
export function originArgs(
  { name, gateway }: CloudflareOptions,
  service: string,
  url: string,
  tunnelId: Input<string>,
): ConnectivityDirectoryServiceArgs {
  const { protocol, hostname, port } = new URL(url);
  return {
    accountId: placeOf(gateway).account,
    name: `${name}-${service}`,
    type: 'http',
    // With one port alone the other scheme is refused.
    ...(protocol === 'https:' ? { httpsPort: Number(port || 443) } : { httpPort: Number(port || 80) }),
    host: { hostname, resolverNetwork: { tunnelId } },
  };
}
