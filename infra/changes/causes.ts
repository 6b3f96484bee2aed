import { gatewayArtifact } from '../artifacts/programs.ts';
import { artifactCauses, railheadCause } from './artifact-causes.ts';
import { declaredDifferences } from './declared-differences.ts';
import { pathOf } from './flatten.ts';
import type { Cause, NetworkChange, ResourceChange } from './model.ts';
import { resourceName } from './resource-name.ts';
import { routeOf } from './route-key.ts';
import { openKeysIn } from './secret-parts.ts';
import { differences, keysOf, placeOf, serviceSides, type Difference, type Sides } from './sides.ts';
import { traceVariable } from './trace.ts';

/** What belongs to no service: the namespace, for example. */
export const environmentName = 'environment';

interface Changed {
  service: string;
  resources: readonly ResourceChange[];
  /** Differences between the last update and what runs. */
  drift: readonly Cause[];
  /** All changes of connections. */
  network: readonly NetworkChange[];
}

/** Returns why a service changes, the most important cause first. If nothing explains the change, says so. */
export function causesOf(sides: Sides, { service, resources, drift, network }: Changed): Cause[] {
  const existence = existenceCause(sides, service);
  const own = [
    ...fieldCauses(sides, `services.${service}.`, `services.${service}.`),
    ...artifactCauses(sides, service),
    ...variableCauses(sides, service),
    ...(service === environmentName ? [...pullSecretCauses(sides), ...imageCauses(sides)] : []),
  ];
  const specific = existence === undefined ? own : [existence];
  const found = [
    ...specific,
    ...(service === gatewayArtifact && existence === undefined ? gatewayCauses(sides) : []),
    ...edgeCauses(service, network),
    ...drift,
  ];
  const all = existence === undefined ? [...found, ...generalCauses(sides), ...programCauses(sides)] : found;
  const [first, ...rest] = uniqueCauses(all);
  if (first !== undefined) return [first, ...rest];
  const gateway = withWholeRoutes(fieldCauses(sides, 'gateway.'));
  if (gateway.length > 0) return gateway;
  return [{ kind: 'unexplained', resources: resources.map(resourceName) }];
}

function existenceCause(sides: Sides, service: string): Cause | undefined {
  const [before, after] = [sides.before, sides.after].map((side) => exists(side, service));
  if (before === after) return undefined;
  const path =
    service === environmentName ? [] : service === gatewayArtifact ? [service] : ['services', service];
  const place = placeOf(sides, path, before);
  return { kind: 'service', change: before ? 'removed' : 'added', ...(place && { place }) };
}

/** Returns whether a side has a service, the gateway, or what belongs to no service. */
export function exists(side: Sides['before'], service: string): boolean {
  if (service === environmentName) return side !== undefined;
  if (service === gatewayArtifact) return side?.declared['gateway.port'] !== undefined;
  return side?.services[service] !== undefined;
}

/** Returns the fields of the stack file below a prefix that differ. */
function fieldCauses(sides: Sides, prefix: string, shortened = ''): Cause[] {
  return withFixedNumbers(declaredDifferences(sides, prefix)).map(({ key, ...values }): Cause => {
    const place = placeOf(sides, pathOf(key), values.after === undefined);
    return { kind: 'field', path: key.slice(shortened.length), ...values, ...(place && { place }) };
  });
}

/** Joins both ends of a range that is a single number on both sides: `replicas: 2`. */
function withFixedNumbers(found: Difference[]): Difference[] {
  const isFixed = ({ key, before, after }: Difference) => {
    if (!key.endsWith('replicas.min')) return false;
    const other = found.find((one) => one.key === key.replace(/min$/, 'max'));
    return other?.before === before && other?.after === after;
  };
  const fixed = found.filter(isFixed).map((one) => ({ ...one, key: one.key.replace(/\.min$/, '') }));
  const joined = fixed.flatMap(({ key }) => [`${key}.min`, `${key}.max`]);
  return [...fixed, ...found.filter(({ key }) => !joined.includes(key))];
}

/** Returns the causes of all variables that differ. Variables with the same secret are one cause. */
function variableCauses(sides: Sides, service: string): Cause[] {
  const { before, after } = serviceSides(sides, service);
  const names = keysOf(before?.variables, after?.variables);
  const causes = names.flatMap((name) => traceVariable(sides, service, name) ?? []);
  const secrets = Map.groupBy(
    causes.filter((cause) => cause.kind === 'secret'),
    ({ name }) => name,
  );
  return [
    ...causes.filter(({ kind }) => kind !== 'secret'),
    ...[...secrets].map(([name, group]): Cause => {
      const variables = group.flatMap((cause) => cause.variables);
      return { kind: 'secret', name, variables };
    }),
  ];
}

function gatewayCauses(sides: Sides): Cause[] {
  return [
    ...withWholeRoutes(fieldCauses(sides, 'gateway.')),
    ...(sides.before?.programs[gatewayArtifact] === sides.after?.programs[gatewayArtifact]
      ? []
      : [railheadCause(sides)]),
  ];
}

/** Joins the fields of a route that is added or removed as a whole: `gateway.routes./docs/*`, with the service that it leads to. */
function withWholeRoutes(causes: Cause[]): Cause[] {
  const keys = causes.map((cause) => (cause.kind === 'field' ? routeOf(cause.path) : undefined));
  const whole = new Set(
    causes.flatMap((cause, index) => {
      const key = keys[index];
      const isOneSided = cause.kind === 'field' && (cause.before === undefined || cause.after === undefined);
      return isOneSided && key?.field === 'to' ? [key.route] : [];
    }),
  );
  return causes.flatMap((cause, index): Cause[] => {
    const key = keys[index];
    if (cause.kind !== 'field' || key === undefined || !whole.has(key.route)) return [cause];
    return key.field === 'to' ? [{ ...cause, path: `gateway.routes.${key.route}` }] : [];
  });
}

/** Returns the new and removed connections to a service: its network permissions change with them. */
function edgeCauses(service: string, network: readonly NetworkChange[]): Cause[] {
  return network
    .filter(({ from, to }) => [from, to].includes(service))
    .map(({ change, from, to, place }) => ({ kind: 'edge', change, from, to, ...(place && { place }) }));
}

/** Fields of the whole stack, and of the environment, that can change any service. */
const general = ['name', 'images.', 'imagePullSecrets', 'observability', 'config.'];

/** Returns what changes of the whole stack. */
function generalCauses(sides: Sides): Cause[] {
  const { before, after } = sides;
  const of = (name: 'target' | 'stackFile', path: string): Cause[] =>
    before === undefined || after === undefined || before[name] === after[name]
      ? []
      : [{ kind: 'field', path, before: before[name], after: after[name] }];
  return [
    ...of('target', 'railhead:target'),
    ...of('stackFile', 'railhead:stackFile'),
    ...general.flatMap((prefix) => fieldCauses(sides, prefix)),
  ];
}

/** Returns the secrets with another value in the credentials of registries. */
function pullSecretCauses({ before, after }: Sides): Cause[] {
  const [old = [], now = []] = [before, after].map((side) => openKeysIn(side?.declared.imagePullSecrets));
  return now
    .filter((key) => old.includes(key) && before?.fingerprints[key] !== after?.fingerprints[key])
    .map((key) => ({ kind: 'secret', name: key.replace(/^secret\./, ''), variables: [] }));
}

/** Returns the images that differ: those that services share belong to no service. */
function imageCauses(sides: Sides): Cause[] {
  return fieldCauses(sides, 'services.').filter(
    (cause) => cause.kind === 'field' && /^services\.[^.]+\.(image|version)$/.test(cause.path),
  );
}

/** The gateway has the version of Railhead as a cause of its own. */
function uniqueCauses(causes: readonly Cause[]): Cause[] {
  return [...new Map(causes.map((cause) => [JSON.stringify(cause), cause])).values()];
}

function programCauses(sides: Sides): Cause[] {
  const { before, after } = sides;
  const isOther =
    before?.railhead !== after?.railhead || differences(before?.programs, after?.programs).length > 0;
  return isOther && before !== undefined ? [railheadCause(sides)] : [];
}
