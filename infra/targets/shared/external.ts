import { kindOf } from '../../data/index.ts';
import type { DataKind, Part } from '../../data/kind.ts';
import { variablesOf } from '../../data/variables.ts';
import { isOneUrl, isUrlField, oneUrl } from '../../graph/check-external.ts';
import type { GraphService, Template } from '../../graph/types.ts';
import { checkedText, standIn, urlPart, type Text } from '../../plan/hole.ts';
import { fillTemplate, type Lookup } from '../../plan/template.ts';
import type { ProvidedValues } from './service-values.ts';

/**
 * Returns the variables that an external data server provides, taken from its URLs; undefined if the target runs the
 * server itself. All values are secret, since the URLs are.
 */
export function externalValues(service: GraphService, lookup: Lookup): ProvidedValues | undefined {
  if (service.form !== 'external') return undefined;
  const { name: serviceName, config, addresses } = service;
  const kind = kindOf(config);
  const { url = '', ...others } = Object.fromEntries(
    Object.entries(addresses).map(([field, template]): [string, Text] => [
      field,
      checkedAddress(template, `services.${serviceName}.external.${field}`, kind, lookup),
    ]),
  );
  const urlOf = (login: string) => others[kind.logins[login]?.field ?? ''] ?? url;
  const fieldOf = (part: Part) => others[kind.externalFields?.[part.part] ?? ''];
  return Object.fromEntries(
    Object.entries(variablesOf(kind)).map(([name, part]) => [
      name,
      fieldOf(part) ?? valueOf(part, url, urlOf, config.port),
    ]),
  );
}

/** Graph checks have found invalid addresses already, unless the Pulumi program passes a part of the address. */
function checkedAddress(template: Template, place: string, kind: DataKind, lookup: Lookup): Text {
  const text = fillTemplate(template, lookup);
  if (!isUrlField(kind, place.split('.').at(-1) ?? '')) return text;
  const passed = template.flatMap((piece) =>
    typeof piece === 'object' && piece.kind === 'pulumi' ? [`\${{pulumi.${piece.name}}}`] : [],
  );
  if (passed.length === 0) return text;
  const problem = `${place}: with the value of ${passed.join(' and ')}, this is not ${oneUrl(kind)}`;
  // A rendered text without values is still a URL, but not one of the kind.
  return checkedText(text, (value) =>
    (value.includes(standIn) ? URL.canParse(value) : isOneUrl(value, kind)) ? undefined : problem,
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
    case 'endpoint':
      return url;
    case 'bucket':
    case 'region':
      return '';
    case 'user':
      return urlPart(urlOf(part.login), 'username');
    case 'password':
      return urlPart(urlOf(part.login), 'password');
    case 'url':
      return urlOf(part.login);
  }
}
