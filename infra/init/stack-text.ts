import { stringify } from 'yaml';
import { table } from '../common/table.ts';
import { nextPort } from './ports.ts';
import type { Proposal } from './types.ts';

export interface StackFile {
  name: string;
  /** Path of the schema, relative to the stack file. */
  schema: string;
  services: readonly Proposal[];
  /** Whether workerd, which runs the gateway, is installed. */
  hasWorkerd: boolean;
}

/** Names of services that usually answer people's browsers. */
const sites = /^(web|www|site|frontend|front|app|ui|hello)$/;
const apis = /^(api|backend|server|graphql)$/;

/** Returns the text of a stack file. A comment above each service has the reasons for its values. */
export function stackText({ name, schema, services, hasWorkerd }: StackFile): string {
  const gateway = gatewayLines(services, hasWorkerd);
  return [
    `# yaml-language-server: $schema=${schema}`,
    `name: ${name}`,
    '',
    'services:',
    ...services.flatMap((service, index) => [...(index === 0 ? [] : ['']), ...serviceLines(service)]),
    ...(gateway.length === 0 ? [] : ['', ...gateway]),
    '',
  ].join('\n');
}

function serviceLines(service: Proposal): string[] {
  const { name, source, build, start, preDeploy, port, health, hasDockerfile, reasons } = service;
  return [
    ...table([[sentence(reasons)]], 74).map((line) => `  # ${line}`),
    `  ${name}:`,
    `    source: ${scalar(source)}`,
    ...(build === undefined ? [] : [`    build: ${scalar(build)}`]),
    ...(start === undefined ? [] : [`    start: ${scalar(start)}`]),
    ...(hasDockerfile
      ? ['    # For Docker and Kubernetes, instead of "build" and "start":', '    # dockerfile: Dockerfile']
      : []),
    ...(preDeploy === undefined ? [] : [`    preDeploy: ${scalar(preDeploy)}`]),
    ...(port === undefined ? [] : [`    port: ${port}`]),
    ...(health === undefined ? [] : [`    health: { path: ${scalar(health)} }`]),
  ];
}

/** Returns the block `gateway`, as a comment where workerd is missing; nothing if no service listens. */
function gatewayLines(services: readonly Proposal[], hasWorkerd: boolean): string[] {
  const listening = services.filter(({ port }) => port !== undefined);
  const site = listening.find(({ name }) => sites.test(name)) ?? listening[0];
  if (site === undefined) return [];
  const api = listening.find(({ name }) => name !== site.name && apis.test(name));
  const ports = new Set(listening.map(({ port }) => port));
  const port = nextPort(8080, ports);
  const lines = [
    'gateway:',
    ...(port === 8080 ? [] : [`  port: ${port}`]),
    '  routes:',
    ...(api === undefined ? [] : [`    - { path: /api/*, to: ${api.name} }`]),
    `    - { path: /*, to: ${site.name} }`,
  ];
  if (hasWorkerd) return ['# The public entry point.', ...lines];
  return ['# The public entry point. It needs the package workerd.', ...lines.map((line) => `# ${line}`)];
}

/** Joins reasons to a sentence. A first word that is the name of a file stays as it is. */
function sentence(reasons: string[]): string {
  return `${reasons.join('; ')}.`.replace(
    /^[a-z]+ /,
    (word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`,
  );
}

export function scalar(value: string): string {
  return stringify(value, { lineWidth: 0 }).trimEnd();
}
