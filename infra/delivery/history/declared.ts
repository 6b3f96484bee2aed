import { relative, resolve } from 'node:path';
import { stackFilePath, type Environment } from '../../common/environment.ts';
import { secretNames } from '../../graph/conditions.ts';
import { hashValues } from '../../artifacts/command.ts';
import type { DescribedRelease } from '../../artifacts/types.ts';
import type { ServiceGraph } from '../../graph/types.ts';
import { stackFiles } from '../../stack/extend.ts';
import { readSource } from '../../stack/source.ts';
import { recordedConfig, type ConfigPlace } from './recorded-config.ts';
import type { HistoryRecord, RecordedRelease } from './record.ts';

/** Returns what an environment declares, without secrets. */
export function declaredOf(
  environment: Environment,
  graph: ServiceGraph,
  { root, ...rest }: ConfigPlace,
): NonNullable<HistoryRecord['declared']> {
  const files = stackFiles(stackFilePath(environment));
  return {
    stackFile: environment.stackFile,
    files: Object.fromEntries(files.map((file) => [relative(root, resolve(file)), readSource(file)])),
    config: recordedConfig(environment.name, { root, ...rest }),
    secrets: secretNames(graph).toSorted(),
  };
}

type RecordedArtifact = RecordedRelease[string];

/** Returns what each service runs, and each program of Railhead. Data services have no artifacts: the stack file has their versions. */
export function recordedRelease({ services }: ServiceGraph, release: DescribedRelease): RecordedRelease {
  const images = services.flatMap(({ name, config }): [string, RecordedArtifact][] =>
    'image' in config && config.kind === 'image' ? [[name, { image: config.image }]] : [],
  );
  const built = Object.values(release).map((artifact): [string, RecordedArtifact] => {
    const { service, hash, content, image, inputs } = artifact;
    const more = { ...(content && { content }), ...(image && { image: image.reference }) };
    const { migrations } = inputs;
    const buildVariables = inputs.release === undefined ? valuesOf(services, service) : inputs.buildVariables;
    return [
      service,
      { hash, ...more, ...(buildVariables && { buildVariables }), ...(migrations && { migrations }) },
    ];
  });
  return Object.fromEntries([...images, ...built]);
}

function valuesOf(services: ServiceGraph['services'], name: string): Record<string, string> | undefined {
  const service = services.find((each) => each.name === name);
  return service?.form === 'code' && service.buildValues ? hashValues(service.buildValues) : undefined;
}
