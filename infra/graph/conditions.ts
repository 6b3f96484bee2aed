import { secretCommand } from '../common/commands.ts';
import type { KnownSecrets } from '../common/environment.ts';
import type { Finding } from '../stack/finding.ts';
import type { Path } from '../stack/tree.ts';
import { checkExternal } from './check-external.ts';
import { checkPublicSchemes, type AddressTemplate } from './check-addresses.ts';
import { templatesOf } from './services.ts';
import type { ServiceGraph } from './types.ts';

/** What a stack has to hold against besides its own rules, where it is known. */
export interface Conditions {
  target?: {
    name: string;
    /** One finding per field of the stack that the target cannot honour; none when it can run the graph. */
    unsupported(graph: ServiceGraph): Finding[];
    /** How the gateway is reached from outside. */
    publicScheme(graph: ServiceGraph): 'http' | 'https';
  };
  secrets?: KnownSecrets;
  /** Name that the data are kept under, where it is no longer the name of the stack. */
  identity?: string | undefined;
}

/**
 * What stands against running the graph under these conditions. The graph may have been built of a file with problems:
 * a field that is wrong by itself is not blamed again.
 *
 * @param templates all variables of services
 * @param secretPlaces where each secret is named first
 */
export function checkConditions(
  graph: ServiceGraph,
  { target, secrets }: Conditions,
  templates: AddressTemplate[],
  secretPlaces: ReadonlyMap<string, Path>,
): Finding[] {
  const findings = [
    ...(target?.unsupported(graph) ?? []).map((finding) => ({ cause: finding.path, ...finding })),
    ...(target?.publicScheme(graph) === 'http' ? checkPublicSchemes(templates) : []),
    ...(secrets === undefined ? [] : checkExternal(graph, secrets)),
    ...(secrets === undefined ? [] : missingSecrets(graph, secrets, secretPlaces)),
  ];
  if (target === undefined) return findings;
  const environment = { name: graph.environment, target: target.name };
  return findings.map((finding) => ({ ...finding, environment }));
}

function missingSecrets(
  graph: ServiceGraph,
  secrets: KnownSecrets,
  places: ReadonlyMap<string, Path>,
): Finding[] {
  const pulling = pullSecretPlaces(graph);
  return [...new Set([...secretsOf(graph), ...pulling.keys()])]
    .filter((name) => !secrets.has(name))
    .map((name) => ({
      path: places.get(name) ?? pulling.get(name) ?? [],
      message: `the secret ${name} has no value`,
      command: secretCommand(graph.environment, name),
    }));
}

/** Names of the secrets that the services get. */
function secretsOf({ services }: ServiceGraph): Set<string> {
  const pieces = services
    .flatMap(templatesOf)
    .flat()
    .filter((piece) => typeof piece === 'object');
  return new Set(pieces.flatMap((piece) => (piece.kind === 'secret' ? [piece.name] : [])));
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
