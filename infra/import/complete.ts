import { basename, join } from 'node:path';
import { readFileSync, existsSync } from 'node:fs';
import { imageCommand } from '../init/dockerfile.ts';
import { toLabel } from '../init/names.ts';
import { nextPort } from '../init/ports.ts';
import type { Added } from './added.ts';
import { isNamedAsSite } from './choose-site.ts';
import type { Code } from './commands.ts';
import { dataTypeOf } from './data-service.ts';
import { wholeServices } from './environments.ts';
import type { Facts, Imported, ImportedService } from './facts.ts';
import { say } from './say.ts';
import { isInside } from './inside.ts';
import { referencesIn, slug } from './names.ts';
import { cannot, defaulted, placeOnly, type Ledger } from './ledger.ts';
import { startsProgram } from './same-program.ts';
import { isSite } from './static-site.ts';
import { takeUsedPorts } from './used-ports.ts';

export interface Completion {
  root: string;
  code: Code;
  ledger: Ledger;
}

/** Adds to each service what its files do not say and its code shows, and returns what was added. */
export function completeServices(imported: Imported, { root, code, ledger }: Completion): Added[] {
  runToTheirEnd(imported);
  const services = wholeServices(imported);
  for (const service of services) takePort(service, ledger);
  const used = takeUsedPorts(imported);
  const added = services.flatMap((service) => {
    const { folder } = service.facts;
    const built = builtCommand(service, root);
    dropSameCommand(service, built, ledger);
    return folder === undefined ? [] : complete(service, folder.value, code, built);
  });
  return [...used, ...added, ...(imported.choosesPort ? choosePorts(services, ledger) : [])];
}

/** A service runs once if another one waits for it to complete. Compose does not restart a service without `restart`. */
function runToTheirEnd({ services }: Imported): void {
  const awaited = services.flatMap(({ dependsOn }) => dependsOn.filter(({ isOnce }) => isOnce));
  for (const { value, from } of awaited) {
    const service = services.find(({ name }) => name === value);
    if (service?.facts.restart === undefined && service !== undefined)
      say(service, 'restart', 'never', placeOnly(from));
  }
}

/** The variable PORT is the port of the service. */
function takePort(service: ImportedService, ledger: Ledger): void {
  const port = service.variables.get('PORT');
  if (port === undefined) return;
  service.variables.delete('PORT');
  const number = Number(port.value);
  const known = service.facts.port?.value;
  if (known === undefined && Number.isInteger(number) && number > 0) say(service, 'port', number, port.from);
  else if (known === number)
    ledger.settle(port.from, defaulted('every replica gets the variable PORT with `port`'));
  else
    ledger.settle(
      port.from,
      cannot('every replica gets the variable PORT with `port`', 'write the port as `port`'),
    );
}

/** Returns the command of the image that the Dockerfile of a service makes. */
function builtCommand({ facts }: ImportedService, root: string): string | undefined {
  const { dockerfile, folder, buildContext } = facts;
  if (dockerfile === undefined) return undefined;
  const path = join((buildContext ?? folder)?.value ?? '.', dockerfile.value);
  const file = join(root, path);
  return isInside(path) && existsSync(file) ? imageCommand(readFileSync(file, 'utf8')) : undefined;
}

/** Drops a command that the image of the Dockerfile starts with already. */
function dropSameCommand({ facts }: ImportedService, built: string | undefined, ledger: Ledger): void {
  if (facts.entrypoint !== undefined) return;
  for (const name of ['start', 'command'] as const) {
    const fact = facts[name];
    if (fact === undefined || [fact.value].flat().join(' ') !== built) continue;
    ledger.settle(fact.from, defaulted(`the CMD of ${basename(facts.dockerfile?.value ?? '')} is the same`));
    delete facts[name];
  }
}

function complete(service: ImportedService, folder: string, code: Code, built: string | undefined): Added[] {
  const { facts } = service;
  const from = placeOnly(service.from);
  const added: Added[] = [];
  const fill = <Field extends 'start' | 'build' | 'port'>(
    field: Field,
    value: string | number | undefined,
    why: string,
  ) => {
    if (value === undefined || facts[field] !== undefined) return;
    say(service, field, value as never, from);
    added.push({ to: `services.${toLabel(service.name)}.${field}`, why: `found in the code: ${why}`, from });
  };
  const proposal = code.proposalOf(folder);
  const { start, build, port } = proposal ?? {};
  const reasons = proposal?.reasons.join('; ') ?? '';
  if (facts.dockerfile === undefined && !isSite(service)) {
    const { start: named, preDeploy } = facts;
    const withNpm = (command: string) => code.withNpm(folder, command);
    if (named !== undefined) say(service, 'start', withNpm(named.value), named.from);
    if (preDeploy !== undefined) say(service, 'preDeploy', preDeploy.value.map(withNpm), preDeploy.from);
    const adapted =
      facts.start && facts.build === undefined ? code.adapt(folder, facts.start.value) : undefined;
    if (facts.start !== undefined && adapted !== undefined) {
      say(service, 'start', adapted.start, facts.start.from);
      fill('build', adapted.build, adapted.reason);
    }
    if (facts.start === undefined) fill('build', build, reasons);
    fill('start', start, reasons);
  }
  service.isBuilt = facts.build !== undefined || code.isBuilt(folder, facts.start?.value);
  const runsOnce = facts.cron !== undefined || facts.restart?.value === 'never';
  const isSame = startsOneOf(
    [start, built],
    facts,
    (command) => code.adapt(folder, command)?.start ?? command,
  );
  if (!runsOnce && service.listens !== false && isSame) fill('port', port, reasons);
  return added;
}

/** Whether a service starts one of these commands, with which the port in the code belongs to it. */
function startsOneOf(
  commands: readonly (string | undefined)[],
  { start, entrypoint, command }: Facts,
  resolve: (command: string) => string,
): boolean {
  const own = start?.value ?? [entrypoint?.value ?? [], command?.value ?? []].flat().join(' ');
  return own === '' || commands.some((one) => one !== undefined && startsProgram(resolve(own), one));
}

/** Gives a port to each service that listens, where the platform would choose it. */
function choosePorts(services: readonly ImportedService[], ledger: Ledger): Added[] {
  const taken = new Set(services.map(({ facts }) => facts.port?.value));
  return services
    .filter((service) => listens(service, services))
    .flatMap((service) => {
      if (service.ownPort !== undefined) {
        ledger.settle(service.ownPort, unknownPort(service));
        return [];
      }
      const port = nextPort(3000, taken);
      taken.add(port);
      const from = placeOnly(service.from);
      say(service, 'port', port, from);
      const why = 'the platform chooses a port; the service gets this one as PORT';
      return { to: `services.${toLabel(service.name)}.port`, why, from };
    });
}

const unknownPort = ({ name }: ImportedService) =>
  cannot(
    `no file says on which port ${name} listens, and its image chooses it`,
    `write the port as \`services.${toLabel(name)}.port\`, and the variables that refer to it`,
  );

/**
 * Whether a service without a known port accepts connections: a file says so, it has a health check, a domain or the name of a site,
 * its command contains $PORT, or another service refers to its address.
 */
function listens(service: ImportedService, services: readonly ImportedService[]): boolean {
  const { name, facts } = service;
  if (facts.port !== undefined || facts.cron !== undefined || dataTypeOf(service) !== undefined) return false;
  if (service.listens) return true;
  const values = services.flatMap(({ variables }) => [...variables.values()]);
  const isAddressed = values.some(({ value }) =>
    referencesIn(value).some(
      ([scope, variable]) => scope === slug(name) && /url|domain|host/i.test(variable),
    ),
  );
  const usesPort = /\$(PORT\b|\{PORT\b)/.test([facts.start?.value ?? []].flat().join(' '));
  const isNamed = service.listens === undefined && isNamedAsSite(service);
  return facts.healthPath !== undefined || facts.domain !== undefined || isNamed || usesPort || isAddressed;
}
