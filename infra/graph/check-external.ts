import { secretCommand } from '../common/commands.ts';
import { kindOf } from '../data/index.ts';
import type { DataKind } from '../data/kind.ts';
import { exampleUrl } from '../data/variables.ts';
import type { Finding } from '../stack/finding.ts';
import type { KnownSecrets } from '../common/environment.ts';
import type { ServiceGraph, Template } from './types.ts';

/**
 * Finds addresses of external servers that are not a single URL, if their secrets are known. For example, an unescaped
 * "@" or "/" in a password changes the host. Messages never contain the value.
 */
export function checkExternal({ services, environment }: ServiceGraph, secrets: KnownSecrets): Finding[] {
  return services.flatMap((service): Finding[] => {
    if (service.form !== 'external') return [];
    const { name, config, addresses } = service;
    const kind = kindOf(config);
    return Object.entries(addresses).flatMap(([field, template]): Finding[] => {
      const text = fill(template, secrets);
      if (text === undefined || !isUrlField(kind, field) || isOneUrl(text, kind)) return [];
      const names = template.flatMap((piece) =>
        typeof piece === 'object' && piece.kind === 'secret' ? [piece.name] : [],
      );
      const message = `with the value of the secret ${names.join(' and ')}, this is not ${oneUrl(kind)}`;
      const [first = ''] = names;
      const command = secretCommand(environment, first);
      return [{ path: ['services', name, 'external', field], message, command }];
    });
  });
}

/** Whether a field of an external server is a URL. */
export function isUrlField({ externalFields = {} }: DataKind, field: string): boolean {
  return !Object.values(externalFields).includes(field);
}

export function oneUrl(kind: DataKind): string {
  return `a single URL, such as ${exampleUrl(kind)}; in a password, write @ as %40, / as %2F, # as %23, ? as %3F and % as %25`;
}

/** Returns the address with its secrets; undefined if a secret is unknown. */
function fill(template: Template, secrets: KnownSecrets): string | undefined {
  const texts = template.map((piece) => {
    if (typeof piece === 'string') return piece;
    return piece.kind === 'secret' ? secrets.valueOf(piece.name) : undefined;
  });
  return texts.includes(undefined) ? undefined : texts.join('');
}

/** Whether a text is a single URL of a kind of server. */
export function isOneUrl(text: string, { scheme, otherSchemes }: DataKind): boolean {
  const form = new RegExp(
    `^(?:${[scheme, ...otherSchemes].join('|').replaceAll('+', '\\+')})://(?:[^@/?#\\s]*@)?(?:[^@/?#:\\s\\[\\]]+|\\[[\\da-f:.]+\\])(?::\\d+)?(?:/[^@/?#\\s]*)?(?:\\?[^#\\s]*)?$`,
    'i',
  );
  if (!form.test(text) || !URL.canParse(text)) return false;
  const { username, password, pathname } = new URL(text);
  return [username, password, pathname].every((part) => !/%(?![\da-f]{2})/i.test(part));
}
