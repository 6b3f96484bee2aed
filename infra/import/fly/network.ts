import { treeAt, type Tree } from '../../stack/tree.ts';
import { say, saySleep, sayItem } from '../say.ts';
import { cannot, defaulted, leavesOf, placeOnly, type Outcome } from '../ledger.ts';
import { applyRules, numberOf, settle, textOf, textsOf, type Rules } from '../read.ts';
import { readCheck } from './checks.ts';
import { ofGroup, sectionsOf } from './groups.ts';
import type { FlyRule, FlyService } from './machine.ts';

/** Takes a section with a port that Fly's proxy sends connections to: `http_service`, or one of `services`. */
export function readPublic(section: Tree, isHttp: boolean, place: FlyService): void {
  const { service, ledger } = place;
  applyRules(section, rules, place, ledger);
  if (isHttp && service.facts.port === undefined) say(service, 'port', 8080, placeOnly(section));
  const ports = sectionsOf(treeAt(section, ['ports']));
  const [first = section] = leavesOf(treeAt(section, ['internal_port']) ?? section);
  if (isHttp || ports.some(isWeb)) service.published ??= { value: undefined, from: first };
  for (const port of ports) ledger.settle(port, isWeb(port) ? byGateway : onlyHttp);
  for (const key of ['checks', 'http_checks', 'tcp_checks'])
    for (const check of sectionsOf(treeAt(section, [key]))) readCheck(check, place);
}

/** Whether the proxy understands HTTP at a port. */
function isWeb(port: Tree): boolean {
  const handlers = treeAt(port, ['handlers']);
  return handlers !== undefined && textsOf(handlers).includes('http');
}

const byGateway = defaulted('the gateway publishes the service');
const onlyHttp = cannot('the gateway publishes HTTP only', 'leave it out');

const internalPort: FlyRule = (tree, { service }) => {
  const port = numberOf(tree);
  const known = service.facts.port?.value;
  if (port === undefined) return undefined;
  if (known === port) return defaulted('another line has this port');
  if (known === undefined) say(service, 'port', port, tree);
  else sayItem(service, 'morePorts', { port, name: undefined, from: tree });
  return undefined;
};

const stop: FlyRule = (tree, { service }): Outcome | undefined => {
  if (['off', 'false'].includes(textOf(tree) ?? '')) return always;
  saySleep(service, tree);
  return undefined;
};

const machines: FlyRule = (tree, { service }): Outcome | undefined => {
  const count = numberOf(tree) ?? 0;
  if (count > 0) say(service, 'replicas', count, tree);
  return count > 0 ? undefined : always;
};

const always = defaulted('the replicas of a service run all the time');

const noLimit = cannot('a replica has no limit of requests', 'write `replicas` with a range');

const rules: Rules<FlyService> = {
  ...ofGroup,
  internal_port: internalPort,
  protocol: (tree) => (textOf(tree) === 'tcp' ? defaulted('a service accepts TCP connections') : onlyHttp),
  force_https: settle(defaulted('Cloudflare or the proxy in front of the gateway redirects to HTTPS')),
  auto_stop_machines: stop,
  auto_start_machines: settle(always),
  min_machines_running: machines,
  max_machines_running: settle(always),
  'concurrency.type': settle(defaulted('Railhead distributes connections')),
  'concurrency.soft_limit': settle(noLimit),
  'concurrency.hard_limit': settle(noLimit),
  http_options: settle(cannot('the gateway changes no headers', 'set them in the service')),
  tls_options: settle(cannot('the gateway has no such setting', 'leave it out')),
};
