import { join } from 'node:path';
import type { FilesInputs } from '../kinds/files.ts';
import type { RunOnceInputs } from '../kinds/inputs.ts';
import { composeContainer, composeRun, type ContainerValues } from './compose-service.ts';
import { renderedFolder } from './rendered-folder.ts';
import { placeholder, type RecordedResource } from '../../shared/recorded.ts';
import { replaceSecrets } from '../../shared/secret-values.ts';
import { toYaml } from '../../shared/yaml.ts';

const types = {
  container: 'docker:index/container:Container',
  run: 'railhead:docker:RunOnce',
  processLimit: 'railhead:docker:ProcessLimit',
  readiness: 'railhead:docker:Readiness',
  files: 'railhead:docker:Files',
  network: 'docker:index/network:Network',
  volume: 'docker:index/volume:Volume',
};

interface NetworkValues {
  name: string;
  internal: boolean;
  ipamConfigs: { subnet: string }[];
  labels: { label: string; value: string }[];
}

interface VolumeValues {
  name: string;
  labels: { label: string; value: string }[];
}

/**
 * Renders a Compose file, and the files that its services mount.
 *
 * @param folder absolute path of the folder that the Compose file is for
 */
export function renderCompose(
  resources: RecordedResource[],
  secretsGiven: boolean,
  folder: string,
): Map<string, string> {
  const mounted = resources.filter(({ type }) => type === types.files);
  const files = mounted.flatMap((resource) => {
    const { values } = secretsGiven ? resource : { values: replaceSecrets(resource, emptied) };
    const { name, contents } = values as unknown as FilesInputs;
    return contents.map((content, index): [string, string] => [
      join(renderedFolder(name), String(index)),
      content,
    ]);
  });
  return new Map([['compose.yaml', toComposeFile(resources, secretsGiven, folder)], ...files]);
}

/**
 * Renders a program's containers, networks and volumes as a Compose file; secrets are empty unless `secretsGiven`.
 *
 * @param folder absolute path of the folder that the Compose file is for. Its paths are relative to this folder, so that they are
 *   valid on every machine
 */
export function toComposeFile(resources: RecordedResource[], secretsGiven: boolean, folder: string): string {
  const project = projectOf(resources);
  const valuesOf = (resource: RecordedResource): unknown =>
    secretsGiven ? resource.values : replaceSecrets(resource, emptied);
  const ofType = (type: string) => resources.filter((resource) => resource.type === type);
  const processLimits = new Map(
    ofType(types.processLimit).map(({ values }) => [values.container, values.pids as number]),
  );
  const services = [...ofType(types.container), ...ofType(types.run)].map((resource) => {
    const service =
      resource.type === types.run
        ? composeRun(valuesOf(resource) as RunOnceInputs, folder)
        : composeContainer(
            valuesOf(resource) as ContainerValues,
            processLimits.get(placeholder(resource.name, 'id')),
            folder,
          );
    const environment = withoutUnknown(service.environment);
    return [
      shortName(resource, project),
      { ...service, environment, ...dependencies(resource, resources, project) },
    ];
  });
  return toYaml(
    escaped({
      name: project,
      services: Object.fromEntries(services) as unknown,
      networks: Object.fromEntries(
        ofType(types.network).map(({ values }) => composeNetwork(values as unknown as NetworkValues)),
      ),
      volumes: Object.fromEntries(
        ofType(types.volume).map(({ values }) => {
          const { name, labels } = values as unknown as VolumeValues;
          return [name, { name, labels: labelMap(labels) }];
        }),
      ),
    }),
  );
}

/** Returns the common prefix of the container names: `rota-docker`. */
function projectOf(resources: RecordedResource[]): string {
  const container = resources.find(({ type }) => type === types.container);
  const { labels = [] } = (container?.values ?? {}) as Partial<ContainerValues>;
  const { 'railhead.stack': stack, 'railhead.environment': environment } = labelMap(labels);
  return `${stack}-${environment}`;
}

/** Returns an empty value. In a line `NAME=value` of `envs`, keeps the name. */
function emptied(text: string, property: string): string {
  return property === 'envs' ? text.slice(0, text.indexOf('=') + 1) : '';
}

/** Removes an empty deployment id: it is a hash of the variables, so it is unknown while a secret has no value. */
function withoutUnknown(environment: Record<string, string>): Record<string, string> {
  const { RAILWAY_DEPLOYMENT_ID: id, ...others } = environment;
  return id ? environment : others;
}

/** Returns `depends_on`: a service starts after its dependencies are healthy, or have run to completion. */
function dependencies({ dependsOn }: RecordedResource, resources: RecordedResource[], project: string) {
  const needed = resources.filter(({ urn }) => dependsOn.includes(urn));
  // Compose waits for the containers themselves.
  const behind = needed.flatMap((other) => (other.type === types.readiness ? other.dependsOn : []));
  const conditions = resources
    .filter((other) => needed.includes(other) || behind.includes(other.urn))
    .flatMap((resource): [string, { condition: string }][] => {
      const name = shortName(resource, project);
      if (resource.type === types.run) return [[name, { condition: 'service_completed_successfully' }]];
      if (resource.type !== types.container) return [];
      const condition = resource.values.healthcheck === undefined ? 'service_started' : 'service_healthy';
      return [[name, { condition }]];
    });
  return conditions.length === 0 ? {} : { depends_on: Object.fromEntries(conditions) };
}

function composeNetwork({ name, internal, ipamConfigs, labels }: NetworkValues): [string, unknown] {
  const ipam = { config: ipamConfigs.map(({ subnet }) => ({ subnet })) };
  return [name, { name, driver: 'bridge', internal, ipam, labels: labelMap(labels) }];
}

function labelMap(labels: { label: string; value: string }[]): Record<string, string> {
  return Object.fromEntries(labels.map(({ label, value }) => [label, value]));
}

/** Removes the project's name, which Compose prepends. */
function shortName({ name }: RecordedResource, project: string): string {
  return name.startsWith(`${project}-`) ? name.slice(project.length + 1) : name;
}

/** Doubles each `$` in strings, since Compose would substitute a variable. */
function escaped(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('$', '$$$$');
  if (Array.isArray(value)) return value.map(escaped);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, escaped(item)]));
}
