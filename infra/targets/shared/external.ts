import { kindOf } from '../../data/index.ts';
import type { Part } from '../../data/kind.ts';
import { variablesOf } from '../../data/variables.ts';
import type { GraphService } from '../../graph/types.ts';
import { urlPart, type Text } from '../../plan/hole.ts';
import { fillVariables, type Lookup } from '../../plan/template.ts';
import type { ProvidedValues } from './service-values.ts';

/**
 * Returns the variables that an external data server provides, taken from its URLs; undefined if the target runs the
 * server itself. All values are secret, since the URLs are.
 */
export function externalValues(service: GraphService, lookup: Lookup): ProvidedValues | undefined {
  if (service.form !== 'external') return undefined;
  const { config, addresses } = service;
  const kind = kindOf(config);
  const { url = '', ...others } = fillVariables(addresses, lookup);
  const urlOf = (login: string) => others[kind.logins[login]?.field ?? ''] ?? url;
  return Object.fromEntries(
    Object.entries(variablesOf(kind)).map(([name, part]) => [name, valueOf(part, url, urlOf, config.port)]),
  );
}

function valueOf(part: Part, url: Text, urlOf: (login: string) => Text, standardPort: number): Text {
  switch (part.part) {
    case 'host':
      return urlPart(url, 'hostname');
    case 'port':
      return urlPart(url, 'port', String(standardPort));
    case 'database':
      return urlPart(url, 'path');
    case 'user':
      return urlPart(urlOf(part.login), 'username');
    case 'password':
      return urlPart(urlOf(part.login), 'password');
    case 'url':
      return urlOf(part.login);
  }
}
