import type { Draft } from './draft.ts';
import type { ImportedService } from './facts.ts';
import type { Ledger } from './ledger.ts';
import { portProtocol } from './port-protocols.ts';

/** Returns the protocol of the published main port of a service, if the gateway cannot forward it; undefined for HTTP. */
export function publishedProtocol({ facts, published, routes }: ImportedService): string | undefined {
  const { port, domain, healthPath, cron } = facts;
  const isHttp = domain !== undefined || healthPath !== undefined || routes.length > 0;
  if (isHttp || port === undefined || cron !== undefined || published?.value === undefined) return undefined;
  return portProtocol(port.value);
}

/** Publishes the main port of a service without the gateway, if its protocol is not HTTP. */
export function publishMainPort(draft: Draft, service: ImportedService, name: string, ledger: Ledger): void {
  const { published, facts } = service;
  const protocol = publishedProtocol(service);
  if (protocol === undefined || published?.value === undefined) return;
  const outcome = draft.set(['services', name, 'publish', 'main'], published.value, published.from);
  outcome.why = `${facts.port?.value} is the port of ${protocol}, and the gateway forwards HTTP only; if the service speaks HTTP, write a route under \`gateway.routes\` instead`;
  ledger.settle(published.from, outcome);
}
