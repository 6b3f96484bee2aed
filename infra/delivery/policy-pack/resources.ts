import type rpc from '@pulumi/pulumi/proto/analyzer_pb.js';
import { standIn } from '../../plan/hole.ts';
import { decodeProperties, unknownValue, type Path } from '../../provider/wire.ts';
import { componentOf } from '../../targets/shared/data.ts';
import type { RecordedResource } from '../../targets/shared/recorded.ts';

/**
 * Converts a resource that the program registers to one that rules read, without the values of secrets: the engine sends
 * them in plain text. What it does not send comes from the same resource of the plan.
 */
export function toRecorded(request: rpc.AnalyzeRequest, plan: readonly RecordedResource[]): RecordedResource {
  const [type, name, options] = [request.getType(), request.getName(), request.getOptions()];
  const { values, secrets } = decodeProperties(request.getProperties());
  const same = plan.find((planned) => planned.type === type && planned.name === name);
  for (const path of [...secrets, ...(same?.secrets ?? [])]) replace(values, path, () => standIn);
  for (const [path, image] of builtImages(same?.values)) {
    // The digest of a built image is known only after its push. Its tag in the plan is the hash of its inputs.
    replace(values, path, (value) => (value === unknownValue ? image : value));
  }
  const component = componentOf(options?.getParent() ?? '');
  const isKept = options?.getProtect() === true || same?.isKept === true;
  return {
    urn: request.getUrn(),
    type,
    name,
    dependsOn: [],
    ...(component !== undefined && { component }),
    ...(isKept && { isKept }),
    values,
    secrets,
  };
}

/** Returns the images of Railhead's builds, each with its path in the values of a resource. */
function builtImages(value: unknown, path: Path = []): [Path, string][] {
  if (typeof value === 'string') {
    return path.at(-1) === 'image' && /:[0-9a-f]{16}$/.test(value) ? [[path, value]] : [];
  }
  if (Array.isArray(value)) return value.flatMap((item, index) => builtImages(item, [...path, index]));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => builtImages(item, [...path, key]));
}

/** Replaces the value at a path, if the path exists. */
function replace(values: unknown, path: Path, change: (value: unknown) => unknown): void {
  const [key, ...rest] = path;
  if (key === undefined || typeof values !== 'object' || values === null || !(key in values)) return;
  const map = values as Record<string | number, unknown>;
  if (rest.length === 0) map[key] = change(map[key]);
  else replace(map[key], rest, change);
}
