import type { Added } from './added.ts';
import { writeBuildVariable, writeFrontendVariables } from './build-variables.ts';
import { writeDataService } from './data-service.ts';
import { Draft } from './draft.ts';
import { wholeServices } from './environments.ts';
import type { Fact, Imported, ImportedService, Need } from './facts.ts';
import { planGateway } from './gateway.ts';
import { cannot, defaulted, type Ledger, type Outcome } from './ledger.ts';
import { reportImageDefaults } from './image-defaults.ts';
import { missingServices, nameServers, referencesIn, renameReferences } from './names.ts';
import { writeFiles } from './mounted-files.ts';
import { publishMainPort } from './publish.ts';
import { refersTo } from './references-of.ts';
import { isSecretCommand, Secrets } from './secrets.ts';
import { sharedValuesIn } from './shared-values.ts';
import { planSite, writeSiteVariables } from './static-site.ts';
import { applyTable } from './table.ts';
import { reportUnreached } from './unreached.ts';
import { rewrite, type Names, type Server } from './values.ts';
import { sharedVolumes, shareVolume, writeVolumes, type SharedVolumes } from './volumes.ts';

export interface Mapping {
  base: Draft;
  /** What differs, by environment. */
  overlays: Map<string, Draft>;
  added: Added[];
  secrets: Secrets;
  /** The services by their names in the imported files. */
  servers: ReadonlyMap<string, Server>;
}

/** Makes the stack file of what a reader has found, and settles every fact. */
export function mapSystem(name: string, imported: Imported, ledger: Ledger): Mapping {
  const base = new Draft();
  base.set(['name'], name);
  const added: Added[] = [];
  const secrets = new Secrets(imported.secrets);
  const servers = nameServers(imported);
  for (const [scope, type] of missingServices(imported)) servers.set(scope, { name: scope, type, texts: [] });
  const names = { servers, secrets, variables: imported.shared, shared: sharedVolumes(imported) };
  writeShared(base, imported, names, ledger);
  for (const service of imported.services) writeService(base, service, names, ledger, added);
  for (const [scope, { type, name }] of servers) {
    if (type === undefined || wholeServices(imported).some((service) => service.name === scope)) continue;
    base.set(['services', name, 'type'], type);
    added.push({ to: `services.${name}`, why: `variables refer to ${scope}, which no file describes` });
  }
  planGateway(base, imported, servers, ledger, added);
  added.push(...reportUnreached(base, imported, servers), ...reportImageDefaults(base, imported, servers));
  const overlays = new Map(
    [...imported.environments].map(([environment, services]) => {
      const draft = new Draft();
      for (const service of services) writeService(draft, service, names, ledger, added);
      return [environment, draft];
    }),
  );
  return { base, overlays, added, secrets, servers };
}

function writeShared(base: Draft, { shared }: Imported, names: Names, ledger: Ledger): void {
  const others = valuesOf(shared, shared);
  for (const [name, { value, from }] of shared) {
    const variable = { name, service: undefined, from, others };
    const text = rewrite(renameReferences(value, names.servers), variable, names);
    ledger.settle(from, base.set(['variables', name], text, from));
  }
}

function writeService(
  draft: Draft,
  service: ImportedService,
  names: Names & { shared: SharedVolumes },
  ledger: Ledger,
  added: Added[],
): void {
  const server = names.servers.get(service.name);
  if (server === undefined) return;
  const hasArguments = service.buildVariables.size > 0;
  const place = { draft, service: server.name, facts: service.facts, hasArguments };
  if (server.type !== undefined) {
    writeDataService(service, server.type, place, ledger);
  } else {
    hideSecretCommands(service, ledger);
    shareVolume(service, names.shared);
    planSite(service, ledger);
    for (const [from, outcome] of applyTable(place)) ledger.settle(from, outcome);
    publishMainPort(draft, service, server.name, ledger);
    writeVariables(draft, service, server.name, names, ledger);
    writeSiteVariables(draft, service, server.name, ledger);
    writeFrontendVariables(draft, service, server.name);
    writeFiles(draft, service, server.name, names, ledger);
    writeVolumes(draft, server.name, service, names.shared, ledger, added);
  }
  for (const { from, isSame } of service.replaced) ledger.settleOtherwise(from, isSame ? repeated : replaced);
  for (const need of service.dependsOn) ledger.settle(need.from, orderOf(need, names, draft, server.name));
}

function valuesOf(
  variables: ReadonlyMap<string, Fact<string>>,
  shared: Names['variables'],
): Map<string, string> {
  return new Map([...variables].map(([name, { value }]) => [name, sharedValuesIn(value, shared)]));
}

const replaced = defaulted('another line has another value, which holds');
const repeated = defaulted('another line has the same value');

function writeVariables(
  draft: Draft,
  service: ImportedService,
  owner: string,
  names: Names,
  ledger: Ledger,
): void {
  const others = valuesOf(service.variables, names.variables);
  for (const [name, { value, from }] of service.variables) {
    const variable = { name, service: owner, from, others };
    const text = rewrite(renameReferences(value, names.servers), variable, names);
    ledger.settle(from, draft.set(['services', owner, 'variables', name], text, from));
  }
  for (const [name, { value, from }] of service.buildVariables) {
    const variable = { name, service: owner, from, others };
    const text = rewrite(renameReferences(value, names.servers), variable, names);
    ledger.settle(from, writeBuildVariable(draft, service, owner, { name, value: text, from }));
  }
}

/** A command with a password in it is not copied. */
function hideSecretCommands({ facts }: ImportedService, ledger: Ledger): void {
  for (const name of ['start', 'build', 'entrypoint', 'command', 'healthCommand', 'preDeploy'] as const) {
    const fact = facts[name];
    if (fact === undefined) continue;
    const command = [fact.value].flat().join(' ');
    if (!isSecretCommand(command) && !referencesIn(command).some(([scope]) => scope === 'secret')) continue;
    ledger.settle(
      fact.from,
      cannot(
        'the command contains a password, which is not copied',
        `write \`${name === 'healthCommand' ? 'health.command' : name}\` with a variable that refers to a secret`,
      ),
    );
    delete facts[name];
  }
}

/** The start order follows from references, and from `dependsOn` where there is none. */
function orderOf(
  { value: needed, isOnce, from }: Need,
  { servers }: Names,
  draft: Draft,
  owner: string,
): Outcome {
  const server = servers.get(needed);
  if (server === undefined) return cannot(`there is no service ${JSON.stringify(needed)}`, 'remove it');
  if (!isOnce && refersTo(draft, owner, server.name))
    return defaulted(`the reference to ${server.name} makes it start first`);
  return draft.set(['services', owner, 'dependsOn', server.name], isOnce ? 'completed' : 'ready', from);
}
