import type { Finding } from './finding.ts';
import { mapServices, servicesIn } from './services-tree.ts';
import { treeAt, type Tree } from './tree.ts';

/** The description of `enabled`, which the loader resolves before the schema is checked. */
export const enabledProperty = {
  type: 'boolean',
  default: true,
  description:
    'Whether the service exists. With false, the environment runs without it; an overlay can set the other value.',
} as const;

interface Taken {
  /** The tree without `enabled`. */
  tree: Tree;
  /** The names of the services with `enabled: false`. They are checked, and left out afterwards. */
  disabled: string[];
  findings: Finding[];
}

/** Takes `enabled` from each service. */
export function takeEnabled(tree: Tree): Taken {
  const disabled: string[] = [];
  const findings: Finding[] = [];
  const bare = mapServices(tree, (name, service) => {
    const enabled = treeAt(service, ['enabled']);
    if (service.kind !== 'map' || enabled === undefined) return service;
    const isBoolean = enabled.kind === 'scalar' && typeof enabled.value === 'boolean';
    if (!isBoolean) findings.push({ path: ['services', name, 'enabled'], message: 'must be true or false' });
    else if (enabled.value === false) disabled.push(name);
    const rest = [...service.entries].filter(([field]) => field !== 'enabled');
    return { ...service, entries: new Map(rest) };
  });
  if (disabled.length > 0 && disabled.length === servicesIn(tree).length)
    findings.push({ path: ['services'], message: 'must contain at least one service that is enabled' });
  return { tree: bare, disabled, findings };
}

/** Explains findings about services that are left out: their names are not unknown. */
export function explainDisabled(findings: Finding[], disabled: readonly string[]): Finding[] {
  return findings.map((finding) => {
    const [root, name, ...below] = finding.cause ?? [];
    const isLeftOut = root === 'services' && below.length === 0 && disabled.includes(String(name));
    if (!isLeftOut) return finding;
    const { cause, ...rest } = finding;
    void cause;
    const reason = `${JSON.stringify(name)} has "enabled: false" in this environment`;
    return {
      ...rest,
      message: `${finding.message.replace(/; (did you mean|known: )[^;]*$/, '')}; ${reason}`,
    };
  });
}
