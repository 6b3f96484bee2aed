import { treeAt, type Tree } from '../../stack/tree.ts';
import { say } from '../say.ts';
import { cannot, defaulted, type Outcome } from '../ledger.ts';
import { applyRules, durationOf, numberOf, settle, textOf, type Rules } from '../read.ts';
import { ofGroup } from './groups.ts';
import type { FlyRule, FlyService } from './machine.ts';

const often = defaulted('Railhead chooses how often it asks');
const ofHttp = defaulted('a health check is a GET request over HTTP');
const noHttps = cannot('a health check uses HTTP', 'leave it out');
const ofPort = defaulted('without another check, a service is ready when its port accepts connections');

/** Takes a check of a service. A check over TCP adds nothing: a service without a check is ready when its port accepts connections. */
export function readCheck(check: Tree, place: FlyService): void {
  const { service, ledger } = place;
  applyRules(check, rules, place, ledger);
  const path = treeAt(check, ['path']);
  const value = textOf(path)?.replace(/[?#].*$/, '');
  if (path === undefined || value === undefined) return;
  if (service.facts.healthPath === undefined) say(service, 'healthPath', value, path);
  else ledger.settle(path, cannot('a service has one health check', 'answer both checks at one path'));
}

function portOf(tree: Tree, { service }: FlyService): Outcome | undefined {
  const port = numberOf(tree);
  const known = service.facts.port?.value;
  if (port !== undefined && known === undefined) say(service, 'port', port, tree);
  if (known === undefined) return undefined;
  return known === port
    ? defaulted('a health check asks the port of the service')
    : cannot('a health check asks the port of the service', 'answer it on that port');
}

/** A number without a unit is in milliseconds. */
const grace: FlyRule = (tree, { service }) => {
  const value = durationOf(tree) ?? 0;
  const seconds = /^\d+$/.test(textOf(tree) ?? '') ? Math.ceil(value / 1000) : value;
  if (seconds > 60) say(service, 'healthTimeout', seconds, tree);
  return seconds > 60 ? undefined : defaulted('a new replica has more time to become ready');
};

const rules: Rules<FlyService> = {
  ...ofGroup,
  type: settle(ofPort),
  port: portOf,
  grace_period: grace,
  interval: settle(often),
  timeout: settle(defaulted('Railhead chooses how long it waits for an answer')),
  restart_limit: settle(defaulted('`restart` decides how often a replica starts again')),
  method: (tree) =>
    /^get$/i.test(textOf(tree) ?? '') ? ofHttp : cannot('a health check uses GET', 'leave it out'),
  protocol: (tree) => (textOf(tree) === 'http' ? ofHttp : noHttps),
  headers: settle(cannot('a health check sends no headers of its own', 'answer the request without them')),
  tls_server_name: settle(noHttps),
  tls_skip_verify: settle(noHttps),
};
