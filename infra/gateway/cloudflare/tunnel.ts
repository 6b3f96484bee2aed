import type { WithHoles } from '../../plan/resource.ts';
import type { Text } from '../../plan/hole.ts';
import type { ConnectivityDirectoryServiceArgs } from '@pulumi/cloudflare/connectivityDirectoryService.js';
import type { ZeroTrustTunnelCloudflaredArgs } from '@pulumi/cloudflare/zeroTrustTunnelCloudflared.js';
import type { ZeroTrustTunnelCloudflaredConfigArgs } from '@pulumi/cloudflare/zeroTrustTunnelCloudflaredConfig.js';
import { placeOf, type CloudflareOptions } from './options.ts';

/** cloudflared opens the connection to Cloudflare, so no port of the origin is open to the internet. */
export function tunnelArgs({ name, gateway }: CloudflareOptions): WithHoles<ZeroTrustTunnelCloudflaredArgs> {
  return { accountId: placeOf(gateway).account, name, configSrc: 'cloudflare' };
}

/** Gives the tunnel no public hostname, which would bypass the Worker. */
export function tunnelConfigArgs(
  { gateway }: CloudflareOptions,
  tunnelId: Text,
): WithHoles<ZeroTrustTunnelCloudflaredConfigArgs> {
  return {
    accountId: placeOf(gateway).account,
    tunnelId,
    config: { ingresses: [{ service: 'http_status:404' }] },
  };
}

/**
 * Returns one service behind the tunnel. Its `fetch` always connects to this host and port; the host in the URL only
 * sets the `Host` header.
 */
export function originArgs(
  { name, gateway }: CloudflareOptions,
  origin: string,
  url: string,
  tunnelId: Text,
): WithHoles<ConnectivityDirectoryServiceArgs> {
  const { protocol, hostname, port } = new URL(url);
  return {
    accountId: placeOf(gateway).account,
    name: `${name}-${origin}`,
    type: 'http',
    // With only one port set, Cloudflare refuses the other scheme.
    ...(protocol === 'https:' ? { httpsPort: Number(port || 443) } : { httpPort: Number(port || 80) }),
    host: { hostname, resolverNetwork: { tunnelId } },
  };
}
