import type { WithHoles } from '../../plan/resource.ts';
import type { RulesetArgs } from '@pulumi/cloudflare/ruleset.js';
import type { RulesetRule } from '@pulumi/cloudflare/types/input.js';
import type { ZoneSettingArgs } from '@pulumi/cloudflare/zoneSetting.js';
import { anyOf, both, forHosts, forRoute, not } from './expressions.ts';
import { placeOf, servedHosts, type CloudflareOptions } from './options.ts';

/** In seconds: the only period that every plan offers, and the shortest period of a route. */
const floodPeriod = 10;

/**
 * Blocks requests before the Worker runs: methods that echo headers, and paths that services serve only to each
 * other.
 */
export function firewallArgs(options: CloudflareOptions): WithHoles<RulesetArgs> {
  const hosts = forHosts(servedHosts(options.gateway));
  const methods = 'http.request.method in {"TRACE" "TRACK" "CONNECT"}';
  const hidden = anyOf(['/internal/*', '/metrics/*'].map(forRoute));
  return ruleset(options, 'http_request_firewall_custom', [
    block('methods', 'Methods that are not served', both(hosts, methods)),
    block('private', 'Paths that are private to the services', both(hosts, hidden)),
  ]);
}

/**
 * Limits the requests of one client over all routes before the Worker runs, so that a flood costs nothing. Clients
 * within the limits of the routes never reach it: it is twice the sum of those limits, since one period may overlap
 * two windows of a route. Returns undefined if a route has no limit.
 */
export function floodArgs(options: CloudflareOptions): WithHoles<RulesetArgs> | undefined {
  const { routes, rateLimit } = options.gateway;
  const limits = routes.flatMap((route) => route.rateLimit ?? rateLimit ?? []);
  if (limits.length < routes.length) return undefined;
  const requests = limits.reduce((sum, limit) => sum + limit.requests, 0);
  return ruleset(options, 'http_ratelimit', [
    {
      ...block('flood', 'More than all routes together allow', forHosts(servedHosts(options.gateway))),
      ratelimit: {
        characteristics: ['cf.colo.id', 'ip.src'],
        period: floodPeriod,
        requestsPerPeriod: 2 * requests,
        mitigationTimeout: floodPeriod,
      },
    },
  ]);
}

/** Disables Cloudflare's cache for routes without `cache`: by default, Cloudflare caches files by their extension. */
export function cacheArgs(options: CloudflareOptions): WithHoles<RulesetArgs> {
  const { gateway } = options;
  const kept = gateway.routes
    .filter(({ cache }) => cache !== undefined)
    .map(({ host, path }) =>
      host === undefined ? forRoute(path) : `(${both(forHosts([host]), forRoute(path))})`,
    );
  const host = forHosts(servedHosts(gateway));
  return ruleset(options, 'http_request_cache_settings', [
    {
      ref: 'bypass',
      description: 'No cache but on routes that ask for it',
      expression: kept.length === 0 ? host : both(host, not(anyOf(kept))),
      action: 'set_cache_settings',
      actionParameters: { cache: false },
    },
  ]);
}

/** Applies to the whole zone: not every plan has this setting per host. */
export function tlsArgs({ gateway }: CloudflareOptions): WithHoles<ZoneSettingArgs> {
  return { zoneId: placeOf(gateway).zone, settingId: 'min_tls_version', value: '1.2' };
}

function ruleset(
  { name, gateway }: CloudflareOptions,
  phase: string,
  rules: WithHoles<RulesetRule>[],
): WithHoles<RulesetArgs> {
  return { zoneId: placeOf(gateway).zone, name, kind: 'zone', phase, rules };
}

/** Returns a blocking rule. `ref` identifies it across updates, so that its counters and statistics persist. */
function block(ref: string, description: string, expression: string): WithHoles<RulesetRule> {
  return { ref, description, expression, action: 'block' };
}
