import { secretCommand } from '../common/commands.ts';
import type { KnownSecrets } from '../common/environment.ts';
import type { Finding } from '../stack/finding.ts';
import type { Path } from '../stack/tree.ts';
import { checkExternal } from './check-external.ts';
import { suggest } from '../stack/nearest.ts';
import { checkPublicSchemes, type AddressTemplate } from './check-addresses.ts';
import { templatesOf } from './services.ts';
import type { GraphService, ProgramReference, SecretReference, ServiceGraph } from './types.ts';
import { openKey } from './variables.ts';

/** What the public address of a system depends on. */
export type Public = Pick<ServiceGraph, 'name' | 'environment' | 'gateway'>;

/** What a stack has to hold against besides its own rules, where it is known. */
export interface Conditions {
  target?: {
    name: string;
    /** Undefined if services are processes of one machine. */
    containers?: readonly string[];
    /** One finding per field of the stack that the target cannot honour; none when it can run the graph. */
    unsupported(graph: ServiceGraph): Finding[];
    /** How the gateway is reached from outside. */
    publicScheme(graph: ServiceGraph): 'http' | 'https';
    /** Returns the gateway's URL for users, at the host of a route if one is given, if it is known before a deployment. */
    publicUrl?(graph: Public, root: string, host?: string): string | undefined;
  };
  /**
   * Whether all services have the address of one machine, so that their ports must differ. Default: true, unless the target
   * runs containers.
   */
  sharesAddress?: boolean;
  /** Absolute path that the project has in the plan. Default: the folder of the loaded stack. */
  projectPath?: string | undefined;
  secrets?: KnownSecrets;
  /** Names of the values that the Pulumi program passes. Absent without a program: they are not checked then. */
  values?: readonly string[] | undefined;
  /** Name that the data are kept under, where it is no longer the name of the stack. */
  identity?: string | undefined;
  /** Whether a release file names the artifacts. Then nothing is built, and the source folders may have other files or none. */
  isPinned?: boolean;
}

/**
 * What prevents the graph from running under these conditions. The graph may have been built of a file with problems:
 * a field that is wrong by itself is not blamed again.
 *
 * @param templates all variables of services
 * @param places of the first reference to each secret and to each value of the program, by `openKey`
 */
export function checkConditions(
  graph: ServiceGraph,
  { target, secrets, values, isPinned = false }: Conditions,
  templates: AddressTemplate[],
  places: ReadonlyMap<string, Path>,
): Finding[] {
  const findings = [
    ...(target?.unsupported(graph) ?? []).map((finding) => ({ cause: finding.path, ...finding })),
    ...(target?.publicScheme(graph) === 'http' ? checkPublicSchemes(templates) : []),
    ...(secrets === undefined ? [] : checkExternal(graph, secrets)),
    ...(secrets === undefined ? [] : missingSecrets(graph, secrets, places, isPinned)),
    ...(values === undefined ? [] : missingValues(graph, values, places)),
  ];
  if (target === undefined) return findings;
  const environment = { name: graph.environment, target: target.name };
  return findings.map((finding) => ({ ...finding, environment }));
}

function missingSecrets(
  graph: ServiceGraph,
  secrets: KnownSecrets,
  places: ReadonlyMap<string, Path>,
  isPinned: boolean,
): Finding[] {
  const pulling = pullSecretPlaces(graph);
  // With a release file, nothing is built.
  const building = isPinned ? new Map<string, Path>() : buildSecretPlaces(graph);
  const names = [...namesOf(graph, 'secret'), ...pulling.keys(), ...building.keys()];
  return [...new Set(names)]
    .filter((name) => !secrets.has(name))
    .map((name) => ({
      path: places.get(openKey({ kind: 'secret', name })) ?? pulling.get(name) ?? building.get(name) ?? [],
      message: `the secret ${name} has no value`,
      command: secretCommand(graph.environment, name),
    }));
}

function missingValues(
  graph: ServiceGraph,
  values: readonly string[],
  places: ReadonlyMap<string, Path>,
): Finding[] {
  return [...namesOf(graph, 'pulumi')]
    .filter((name) => !values.includes(name))
    .map((name) => ({
      path: places.get(openKey({ kind: 'pulumi', name })) ?? [],
      message: `the Pulumi program passes no value ${JSON.stringify(name)} (${suggest(name, values)}); pass it: deploy({ values: { ${name}: … } })`,
    }));
}

/** Returns the names of all secrets that an environment uses, also those of builds and those to pull images. */
export function secretNames(graph: ServiceGraph): string[] {
  const places = [pullSecretPlaces(graph), buildSecretPlaces(graph)];
  return [...new Set([...namesOf(graph, 'secret'), ...places.flatMap((names) => [...names.keys()])])];
}

/** Returns the names of the secrets, or of the values of the Pulumi program, that services get. */
export function namesOf(
  { services }: Pick<ServiceGraph, 'services'>,
  kind: (SecretReference | ProgramReference)['kind'],
): Set<string> {
  const pieces = services.flatMap(templatesOf).flat();
  return new Set(
    pieces.flatMap((piece) => (typeof piece === 'object' && piece.kind === kind ? [piece.name] : [])),
  );
}

/** Returns where the secrets stand that only builds get. */
function buildSecretPlaces({ services }: Pick<ServiceGraph, 'services'>): Map<string, Path> {
  return new Map(
    services.flatMap(({ name, ...node }) =>
      buildSecretsOf(node).map((secret, index): [string, Path] => [
        secret,
        ['services', name, 'buildSecrets', index],
      ]),
    ),
  );
}

/** Returns the names of the secrets that the build of a service gets. */
export function buildSecretsOf({ config }: Pick<GraphService, 'config'>): string[] {
  return (config.kind === 'source' ? config.buildSecrets : undefined) ?? [];
}

/** Where the secrets stand that only nodes get, to pull images. */
function pullSecretPlaces({ imagePullSecrets }: ServiceGraph): Map<string, Path> {
  return new Map(
    imagePullSecrets.flatMap((pullSecret, index): [string, Path][] =>
      typeof pullSecret === 'string'
        ? []
        : [[pullSecret.password.secret, ['imagePullSecrets', index, 'password']]],
    ),
  );
}
