import { treeAt } from '../../stack/tree.ts';
import type { ImportedService, Need } from '../facts.ts';
import { defaulted, type Ledger } from '../ledger.ts';
import { textOf } from '../read.ts';
import type { FoundService } from './found-service.ts';
import { hasRule } from './traefik.ts';

const replaced = defaulted('the gateway takes the place of Traefik');

/**
 * Returns the services that are Traefik itself, if labels of others say what its routes are: they become routes of the gateway. If its
 * routes are in files of its own, Traefik stays a service.
 */
export function replacedProxies(all: readonly FoundService[], ledger: Ledger): ReadonlySet<FoundService> {
  const proxies = all.filter(({ tree }) =>
    /(^|\/)traefik(:|@|$)/.test(textOf(treeAt(tree, ['image'])) ?? ''),
  );
  const isRouted = all.some((found) => !proxies.includes(found) && hasRule(found.labels));
  if (!isRouted) return new Set();
  for (const { tree } of proxies) ledger.settle(tree, replaced);
  return new Set(proxies);
}

/** Returns what a service waits for, without services that the stack file does not have. */
export function remainingNeeds(
  { dependsOn }: ImportedService,
  dropped: ReadonlySet<FoundService>,
  ledger: Ledger,
): Need[] {
  const names = new Set([...dropped].map(({ name }) => name));
  for (const { value, from } of dependsOn) if (names.has(value)) ledger.settle(from, replaced);
  return dependsOn.filter(({ value }) => !names.has(value));
}
