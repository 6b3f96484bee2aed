import { posix } from 'node:path';
import { stringify } from 'yaml';
import { routeFields } from '../../stack/route-address.ts';
import type { Gateway } from '../../stack/schema.ts';
import { scalar } from '../stack-text.ts';

/** Returns the path of the overlay of an environment: `stacks/rota.qa.yaml`, next to `stacks/rota.staging.yaml` or `stacks/rota.yaml`. */
export function overlayPath(stackFile: string, from: string, name: string): string {
  const { dir, name: base, ext } = posix.parse(stackFile);
  const own = base.endsWith(`.${from}`) ? base.slice(0, -from.length - 1) : base;
  return posix.join(dir, `${own}.${name}${ext}`);
}

interface Overlay {
  /** Path of the stack file that it extends, relative to the project. */
  base: string;
  /** The text of that file. */
  baseText: string;
  /** What the environment is like, for the reader of the file. */
  like: string;
  from: string;
  name: string;
  /** The public domain of the environment that it begins with. */
  domain: string | undefined;
  /** The routes of that environment. */
  routes: Gateway['routes'];
}

/** Returns the text of an overlay, in which the environment begins like another one. */
export function overlayText({ base, baseText, like, from, name, domain, routes }: Overlay): string {
  const schema = /^# yaml-language-server: .*$/m.exec(baseText)?.[0];
  return [
    ...(schema === undefined ? [] : [schema]),
    `# ${name} is like ${like}, except for what this file says.`,
    `extends: ${scalar(posix.basename(base))}`,
    ...(domain === undefined
      ? []
      : ['', ...gatewayLines(domain, routes, (host) => ownDomain(host, from, name))]),
    '',
  ].join('\n');
}

function gatewayLines(
  domain: string,
  routes: Gateway['routes'],
  hostFor: (host: string) => string,
): string[] {
  const hasHosts = routes.some(({ host }) => host !== undefined);
  const own = hasHosts ? { routes: routes.map((route) => routeFields(route, hostFor)) } : undefined;
  return [
    'gateway:',
    '  # Two environments cannot answer for the same domain.',
    `  domain: ${hostFor(domain)}`,
    ...(own === undefined ? [] : stringify(own, { lineWidth: 0 }).trimEnd().split('\n')).map(
      (line) => `  ${line}`,
    ),
  ];
}

/** Returns the domain of a new environment: `qa.rota.example` for `staging.rota.example` and for `rota.example`. */
export function ownDomain(domain: string, from: string, name: string): string {
  if (domain.startsWith('*.')) return `*.${ownDomain(domain.slice(2), from, name)}`;
  const labels = domain.split('.');
  return labels.includes(from)
    ? labels.map((label) => (label === from ? name : label)).join('.')
    : `${name}.${domain}`;
}
