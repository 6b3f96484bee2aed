import { hashTexts } from '../artifacts/hash.ts';
import { artifactName } from '../artifacts/name.ts';
import type { DescribedRelease } from '../artifacts/types.ts';
import { createLookup, type Lookup } from '../graph/lookup.ts';
import { providedReferences } from '../graph/services.ts';
import type { CheckedGraph, CodeNode, GraphService, Template } from '../graph/types.ts';
import { referencesOf } from '../graph/references.ts';
import { configSecret } from '../plan/hole.ts';
import { isCode, type Service, type Stack } from '../stack/schema.ts';
import type { ProvidedValues } from '../targets/shared/service-values.ts';
import { valueAt } from '../plan/fill.ts';
import { flatten } from './flatten.ts';
import { outputName, shown } from './shown.ts';
import type { ServiceSnapshot, Snapshot, VariableSnapshot } from './snapshot.ts';

interface Planned {
  stack: Stack;
  graph: CheckedGraph;
  release: DescribedRelease;
  /** The values that services provide, by service. */
  values: Record<string, ProvidedValues>;
}

interface Place {
  /** Version of the package. */
  railhead: string;
  target: string;
  /** Path of the stack file, relative to the project. */
  stackFile: string;
  /** Settings of the environment that affect its resources, by name. */
  config: Record<string, string | undefined>;
}

/** Returns the snapshot of a planned environment, without fingerprints. */
export function takeSnapshot({ stack, graph, release, values }: Planned, place: Place): Snapshot {
  const { railhead, target, stackFile, config } = place;
  const lookup = createLookup(stack, graph.environment);
  const provided = providedOf(graph, values);
  const { variables: shared, ...rest } = stack;
  const artifacts = Object.values(release);
  return {
    railhead,
    environment: graph.environment,
    target,
    stackFile,
    declared: { ...flatten(withoutVariables(rest)), ...mountedSources(graph), ...flatten({ config }) },
    services: Object.fromEntries(
      graph.services.map((service) => [
        service.name,
        { ...serviceOf(service, release, lookup, provided), ...opensOf(service, graph) },
      ]),
    ),
    shared: Object.fromEntries(
      Object.entries(shared).map(([name, text]) => [name, variableOf(text, undefined, lookup, text)]),
    ),
    provided,
    programs: Object.fromEntries(
      artifacts.flatMap((artifact) => {
        const { service } = artifact;
        return isService(graph, service) ? [] : [[service, artifactName(artifact)]];
      }),
    ),
    packages: Object.assign({}, ...artifacts.map(({ inputs }) => inputs.packages)) as Record<string, string>,
    fingerprints: {},
  };
}

function opensOf({ name }: GraphService, { edges }: CheckedGraph): Pick<ServiceSnapshot, 'opens'> {
  const opens = edges.flatMap(({ from, to, ports }) =>
    from === name && ports ? [[to, ports] as const] : [],
  );
  return opens.length > 0 ? { opens: Object.fromEntries(opens) } : {};
}

function isService({ services }: CheckedGraph, name: string): boolean {
  return services.some((service) => service.name === name);
}

/** Returns the values of the provided variables in use: `redis.PORT` → `6379`. */
function providedOf({ services }: CheckedGraph, values: Planned['values']): Record<string, string> {
  const used = services.flatMap(providedReferences);
  return Object.fromEntries(
    used.map(({ service, name }) => {
      const key = `${service}.${name}`;
      const text = values[service]?.[name];
      return [key, text === undefined ? outputName(key) : shown(text)];
    }),
  );
}

function serviceOf(
  service: GraphService,
  release: DescribedRelease,
  lookup: Lookup,
  provided: Record<string, string>,
): ServiceSnapshot {
  const { name, form, dependsOn } = service;
  const artifact = release[name];
  const declared = declaredOf(service).map(([key, text, template]): [string, VariableSnapshot] => [
    key,
    variableOf(text, form === 'code' ? name : undefined, lookup, valueOf(template, provided)),
  ]);
  return {
    form,
    dependsOn,
    variables: Object.fromEntries(declared),
    ...(artifact && {
      artifact: {
        hash: artifact.hash,
        ...(artifact.pinned !== undefined && { pinned: artifact.pinned }),
        folder: artifact.inputs.folder,
        files: artifact.inputs.files,
        packages: Object.keys(artifact.inputs.packages),
        settings: artifact.inputs.settings,
        ...(artifact.image && { image: artifact.image.reference }),
        ...(artifact.inputs.release !== undefined && { release: artifact.inputs.release }),
      },
    }),
    ...(artifact?.inputs.migrations && { migrations: artifact.inputs.migrations }),
  };
}

/** Returns the texts that a service declares, by their path below it, with their templates. */
function declaredOf(service: GraphService): [string, string, Template][] {
  switch (service.form) {
    case 'code':
      return codeVariables(service);
    case 'data':
      return [];
    case 'external':
      return Object.entries(service.addresses).map(([field, template]) => [
        `external.${field}`,
        textOf(service.config, ['external', field]),
        template,
      ]);
  }
}

function codeVariables({
  config,
  variables,
  preDeployVariables,
  files,
}: CodeNode): [string, string, Template][] {
  const of = (declared: Record<string, string>, templates: Record<string, Template>, prefix: string) =>
    Object.entries(declared).map(([name, text]): [string, string, Template] => [
      `${prefix}.${name}`,
      text,
      templates[name] ?? [],
    ]);
  return [
    ...of(config.variables, variables, 'variables'),
    ...of(config.preDeploy?.variables ?? {}, preDeployVariables, 'preDeploy.variables'),
    ...files.flatMap(({ path, content }, index): [string, string, Template][] => {
      const declared = config.files?.[index]?.content;
      return declared === undefined ? [] : [[`files.${path}.content`, declared, content]];
    }),
  ];
}

/** Returns the files of the repository that services mount, each with a hash of its content: `nginx.conf (1c8f…)`. */
function mountedSources({ services }: CheckedGraph): Record<string, string> {
  const entries = services.flatMap((service) => {
    if (service.form !== 'code') return [];
    const { name, config, files } = service;
    return files.flatMap(({ path, content }, index) => {
      const source = config.files?.[index]?.source;
      if (source === undefined) return [];
      const hash = hashTexts(content.filter((piece) => typeof piece === 'string').join(''));
      return [[`services.${name}.files.${path}.source`, `${source} (${hash})`] as const];
    });
  });
  return Object.fromEntries(entries);
}

function textOf(value: unknown, path: readonly string[]): string {
  const found = valueAt(value, path);
  return typeof found === 'string' ? found : '';
}

function variableOf(text: string, from: string | undefined, lookup: Lookup, value: string): VariableSnapshot {
  return { text, references: referencesOf(text, from, lookup), value };
}

/** Returns a template as people may see it. */
function valueOf(template: Template, provided: Record<string, string>): string {
  const pieces = template.map((piece) => {
    if (typeof piece === 'string') return shown(piece);
    if (piece.kind !== 'provided') return `\${{${piece.kind}.${piece.name}}}`;
    return provided[`${piece.service}.${piece.name}`] ?? '';
  });
  return pieces.join('');
}

/** Returns a stack without its variables and mounted files, which a snapshot holds with what their references mean. */
function withoutVariables({ services, imagePullSecrets, ...rest }: Omit<Stack, 'variables'>): unknown {
  const bare = Object.entries(services).map(([name, service]) => [name, bareService(service)]);
  const credentials = imagePullSecrets.map((one) =>
    typeof one === 'string' ? one : { ...one, password: shown(configSecret(one.password.secret)) },
  );
  return { ...rest, imagePullSecrets: credentials, services: Object.fromEntries(bare) as unknown };
}

function bareService(service: Service): unknown {
  if (!isCode(service)) return { ...service, external: { network: service.external?.network } };
  const { preDeploy } = service;
  const bare = preDeploy && { preDeploy: { ...preDeploy, variables: undefined } };
  return { ...service, ...bare, variables: undefined, files: undefined };
}
