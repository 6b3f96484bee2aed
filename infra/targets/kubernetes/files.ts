import type { MountedFile, ServiceGraph } from '../../graph/types.ts';
import { hashText, outputOf, type Text } from '../../plan/hole.ts';
import type { WithHoles } from '../../plan/resource.ts';
import { fillTemplate, type Lookup } from '../../plan/template.ts';
import { holdsSecret } from './environment.ts';
import type { input } from './inputs.ts';
import { metadata, type PlanScope } from './scope.ts';
import { types } from './types.ts';

/** The files of a pod: its volumes, where the container mounts them, and a revision that changes with the plain files. */
export interface PodFiles {
  volumes: WithHoles<input.core.v1.Volume>[];
  mounts: WithHoles<input.core.v1.VolumeMount>[];
  revision?: Text;
}

/** A file with the key of its content in a ConfigMap or Secret. */
interface KeyedFile {
  key: string;
  path: string;
  content: Text;
}

/** The files of a service: those that a ConfigMap can hold, and those that only a Secret may hold. */
export interface ServiceFiles {
  plain: KeyedFile[];
  secret: KeyedFile[];
}

/** Fills in the contents of files. The keys are no variable names, so that a Secret can hold both. */
export function fillFiles(graph: ServiceGraph, files: readonly MountedFile[], lookup: Lookup): ServiceFiles {
  const keyed = files.map(({ path, content }, index) => ({
    file: { key: `file-${index + 1}`, path, content: fillTemplate(content, lookup) },
    isSecret: holdsSecret(content, graph),
  }));
  const pick = (wanted: boolean) =>
    keyed.flatMap(({ file, isSecret }) => (isSecret === wanted ? [file] : []));
  return { plain: pick(false), secret: pick(true) };
}

/** Returns the contents of files by their keys. */
export function contentsOf(files: readonly KeyedFile[]): Record<string, Text> {
  return Object.fromEntries(files.map(({ key, content }) => [key, content]));
}

/**
 * Plans the ConfigMap of the plain files. Returns undefined for a service without files.
 *
 * @param secretName the Secret of the service, which holds the secret files
 */
export function planFiles(
  scope: PlanScope,
  service: string,
  { plain, secret }: ServiceFiles,
  secretName: Text | undefined,
): PodFiles | undefined {
  if (plain.length === 0 && secret.length === 0) return undefined;
  const data = contentsOf(plain);
  const place = metadata(scope, service, 'service', `${service}-files`);
  const made =
    plain.length > 0 && scope.resources.add(service, types.configMap, place.name, { metadata: place, data });
  return {
    volumes: [
      ...(made
        ? [{ name: 'files', configMap: { name: outputOf(made, 'metadata.name'), items: itemsOf(plain) } }]
        : []),
      ...(secret.length > 0
        ? [{ name: 'secret-files', secret: { secretName: secretName ?? '', items: itemsOf(secret) } }]
        : []),
    ],
    mounts: [...mountsOf('files', plain), ...mountsOf('secret-files', secret)],
    ...(made && { revision: hashText(data) }),
  };
}

function itemsOf(files: readonly KeyedFile[]) {
  return files.map(({ key }) => ({ key, path: key }));
}

/** A single file of a volume hides nothing else in its folder. A pod does not see a change of it, so `revision` replaces the pod. */
function mountsOf(name: string, files: readonly KeyedFile[]) {
  return files.map(({ key, path }) => ({ name, mountPath: path, subPath: key, readOnly: true }));
}
