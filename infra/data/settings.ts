import * as z from 'zod';
import { valueAt, type Rule } from '../fields/rules.ts';
import { connectionLimit, dataRules, onlyOwnServer } from './fields.ts';

/** Options of a server by name. */
export type Settings = Record<string, string | number | boolean>;

/** The options of one kind of server that a stack file cannot set. */
export interface FixedOptions {
  /** Names, or beginnings of names that end in `*`, and the field to write instead; an empty text if there is none. */
  fixed: Record<string, string>;
  /** Whether the server accepts a unique beginning of a name, `skip-` before it, and `-` for `_`, as MySQL does. */
  isLenient?: boolean;
  /** Whether the kind has the field `connections`, of which `max_connections` is the other name. */
  hasConnections?: boolean;
}

const nameRule = 'the name of an option of the server in lower case, such as max_connections';
const valueRule = 'a number, true, false, or a text in one line';
const option = z.union(
  [z.number(), z.boolean(), z.string(valueRule).regex(/^[^\p{Cc}]{0,1000}$/u, valueRule)],
  valueRule,
);

/** The problem of an option that a stack file cannot set and for which it has no field. */
export const setByRailhead = 'must be left out: Railhead sets this option';

/** The field with options of a server. */
export function settings({ fixed, isLenient = false, hasConnections = false }: FixedOptions) {
  const names = z.string(nameRule).regex(/^[a-z][a-z0-9_.-]{0,62}$/, nameRule);
  const spelled = (name: string) => (isLenient ? inUnderscores(name) : name);
  return z
    .record(names, option, 'a map of options')
    .superRefine((map, context) => {
      for (const [name, value] of Object.entries(map)) {
        const problem = problemOf(spelled(name), value, { fixed, isLenient, hasConnections });
        if (problem !== undefined) context.addIssue({ code: 'custom', path: [name], message: problem });
      }
    })
    .transform((map): Settings =>
      Object.fromEntries(Object.entries(map).map(([name, value]) => [spelled(name), value])),
    )
    .optional()
    .describe('Options of the server by name. A change restarts the server.');
}

function problemOf(name: string, value: unknown, options: Required<FixedOptions>): string | undefined {
  const plain = options.isLenient ? name.replace(/^(loose_|enable_|disable_|skip_|maximum_)+/, '') : name;
  if (options.hasConnections && name === 'max_connections') {
    const { success, error } = connectionLimit.safeParse(value);
    return success ? undefined : `is not ${error.issues[0]?.message}`;
  }
  const found = Object.keys(options.fixed).find((fixed) =>
    fixed.endsWith('*')
      ? plain.startsWith(fixed.slice(0, -1))
      : fixed === plain || (options.isLenient && fixed.startsWith(plain)),
  );
  if (found === undefined) return undefined;
  const field = options.fixed[found];
  return field ? `must be left out: the field ${JSON.stringify(field)} sets this option` : setByRailhead;
}

/** Rules between the fields of a data service with `settings`. */
export const settingsRules: Rule[] = [
  ...dataRules,
  onlyOwnServer('settings'),
  {
    key: 'connections',
    holds: (service) =>
      valueAt(service, 'connections') === undefined ||
      ['max_connections', 'max-connections'].every(
        (name) => valueAt(service, 'settings', name) === undefined,
      ),
    problem: 'must be left out with "max_connections" in "settings": both set the same option',
  },
];

/** Returns a service in which `connections` has the number of `max_connections`. */
export function withConnections<
  Service extends { settings?: Settings | undefined; connections?: number | undefined },
>(service: Service): Service {
  const { max_connections: limit, ...settings } = service.settings ?? {};
  return typeof limit === 'number' ? { ...service, settings, connections: limit } : service;
}

/**
 * Returns each option with its value as a text.
 *
 * @param words how the server spells true and false
 */
export function settingTexts(
  settings: Settings | undefined,
  words: readonly [yes: string, no: string] = ['on', 'off'],
): [name: string, value: string][] {
  return Object.entries(settings ?? {}).map(([name, value]) => [
    name,
    typeof value === 'boolean' ? words[value ? 0 : 1] : String(value),
  ]);
}

function inUnderscores(name: string): string {
  return name.replaceAll('-', '_');
}
