import type { RulesetArgs } from '@pulumi/cloudflare/ruleset.js';
import type { RulesetRule } from '@pulumi/cloudflare/types/input.js';
import type { ZoneSettingArgs } from '@pulumi/cloudflare/zoneSetting.js';
import { anyOf, both, forHost, forRoute, not } from './expressions.ts';
import { placeOf, type CloudflareOptions } from './options.ts';

/** Seconds: the one period that every plan offers, and the shortest of a route. */
const floodPeriod = 10;

/** Refused before the Worker runs: methods that show headers back, and paths that services offer each other alone. */
export function firewallArgs(options: CloudflareOptions): RulesetArgs {
  const { domain } = placeOf(options.gateway);
  const methods = 'http.request.method in {"TRACE" "TRACK" "CONNECT"}';
  const hidden = anyOf(['/internal/*', '/metrics/*'].map(forRoute));
  return ruleset(options, 'http_request_firewall_custom', [
    block('methods', 'Methods that are not served', both(forHost(domain), methods)),
    block('private', 'Paths that are private to the services', both(forHost(domain), hidden)),
  ]);
}

/**
 * A second limit of one client, over all routes and before the Worker runs, so that a flood costs nothing. Nobody who
 * keeps the limits of the routes meets it: twice what all of them allow, since two of their windows may meet. Undefined
 * where some route has no limit.
 */
export function floodArgs(options: CloudflareOptions): RulesetArgs | undefined {
  const { routes, rateLimit } = options.gateway;
  const limits = routes.flatMap((route) => route.rateLimit ?? rateLimit ?? []);
  if (limits.length < routes.length) return undefined;
  const requests = limits.reduce((sum, limit) => sum + limit.requests, 0);
  return ruleset(options, 'http_ratelimit', [
    {
      ...block('flood', 'More than all routes together allow', forHost(placeOf(options.gateway).domain)),
      ratelimit: {
        characteristics: ['cf.colo.id', 'ip.src'],
        period: floodPeriod,
        requestsPerPeriod: 2 * requests,
        mitigationTimeout: floodPeriod,
      },
    },
  ]);
}

/** Only what the Worker keeps is kept: without this, Cloudflare keeps files by the look of their name. */
export function cacheArgs(options: CloudflareOptions): RulesetArgs {
  const { gateway } = options;
  const kept = gateway.routes.filter(({ cache }) => cache !== undefined).map(({ path }) => forRoute(path));
  const host = forHost(placeOf(gateway).domain);
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

/** Holds for the whole zone: there is no such setting of one host on every plan. */
export function tlsArgs({ gateway }: CloudflareOptions): ZoneSettingArgs {
  return { zoneId: placeOf(gateway).zone, settingId: 'min_tls_version', value: '1.2' };
}

function ruleset({ name, gateway }: CloudflareOptions, phase: string, rules: RulesetRule[]): RulesetArgs {
  return { zoneId: placeOf(gateway).zone, name, kind: 'zone', phase, rules };
}

/** `ref` names a rule across updates, so that its counters and its statistics stay. */
function block(ref: string, description: string, expression: string): RulesetRule {
  return { ref, description, expression, action: 'block' };
}
