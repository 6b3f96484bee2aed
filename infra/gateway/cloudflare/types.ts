import type { ConnectivityDirectoryServiceArgs } from '@pulumi/cloudflare/connectivityDirectoryService.js';
import type { RulesetArgs } from '@pulumi/cloudflare/ruleset.js';
import type { WorkersCustomDomainArgs } from '@pulumi/cloudflare/workersCustomDomain.js';
import type { WorkersScriptArgs } from '@pulumi/cloudflare/workersScript.js';
import type { WorkersScriptSubdomainArgs } from '@pulumi/cloudflare/workersScriptSubdomain.js';
import type { ZeroTrustTunnelCloudflaredArgs } from '@pulumi/cloudflare/zeroTrustTunnelCloudflared.js';
import type { ZeroTrustTunnelCloudflaredConfigArgs } from '@pulumi/cloudflare/zeroTrustTunnelCloudflaredConfig.js';
import type { ZoneSettingArgs } from '@pulumi/cloudflare/zoneSetting.js';
import type { ResourceType } from '../../plan/resource.ts';

/** Returns a type of Cloudflare's provider: `cloudflare:index/ruleset:Ruleset`. */
function typeOf<Args extends object>(kind: string): ResourceType<Args> {
  return { token: `cloudflare:index/${kind.charAt(0).toLowerCase()}${kind.slice(1)}:${kind}` };
}

/** The types of the resources on Cloudflare. */
export const types = {
  tunnel: {
    ...typeOf<ZeroTrustTunnelCloudflaredArgs>('ZeroTrustTunnelCloudflared'),
    secretOutputs: ['tunnelSecret'],
  },
  tunnelConfig: typeOf<ZeroTrustTunnelCloudflaredConfigArgs>('ZeroTrustTunnelCloudflaredConfig'),
  origin: typeOf<ConnectivityDirectoryServiceArgs>('ConnectivityDirectoryService'),
  script: typeOf<WorkersScriptArgs>('WorkersScript'),
  subdomain: typeOf<WorkersScriptSubdomainArgs>('WorkersScriptSubdomain'),
  domain: typeOf<WorkersCustomDomainArgs>('WorkersCustomDomain'),
  ruleset: typeOf<RulesetArgs>('Ruleset'),
  zoneSetting: typeOf<ZoneSettingArgs>('ZoneSetting'),
};
