import type { ComponentChange } from '../../changes/compare.ts';
import { kinds } from '../../plugin/kinds.ts';
import { diffInputs } from '../../provider/diff.ts';
import type { AnyKind } from '../../provider/kind.ts';
import { identityType } from '../../targets/shared/generated.ts';
import type { RecordedResource } from '../../targets/shared/recorded.ts';
import { isReplacedBy } from './replaced-by.ts';

/** The kinds of Railhead's provider by the last part of their type. */
const ownKinds: Readonly<Record<string, AnyKind>> = kinds;

/**
 * Returns what an update would do with the resources of two plans, in the order of the later one. Both plans have the same
 * stand-ins for what only a deployment knows.
 *
 * A replacement is known for Railhead's own kinds and for the properties of `replaced-by.ts`. Any other change counts as an update,
 * although a provider may replace the resource.
 */
export function resourceChanges(
  before: readonly RecordedResource[],
  after: readonly RecordedResource[],
): ComponentChange[] {
  const [old, now] = [byUrn(before), byUrn(after)];
  const urns = [...new Set([...now.keys(), ...old.keys()])];
  return urns.flatMap((urn) => changeOf(old.get(urn), now.get(urn)) ?? []);
}

function byUrn(resources: readonly RecordedResource[]): ReadonlyMap<string, RecordedResource> {
  // The record of the environment follows what it records.
  const shown = resources.filter(({ type }) => type !== identityType);
  return new Map(shown.map((resource) => [resource.urn, resource]));
}

function changeOf(
  before: RecordedResource | undefined,
  after: RecordedResource | undefined,
): ComponentChange | undefined {
  const { type, name, component: service } = (after ?? before)!;
  const same = { type, name, service };
  if (before === undefined) return { ...same, operation: 'create', paths: [] };
  if (after === undefined) return { ...same, operation: 'delete', paths: [] };
  const { replaceOn = [], ignored = [] } = kindOf(type) ?? {};
  const changes = diffInputs(before.values, after.values, { replaceOn, ignored });
  const paths = [...new Set([...changes.map(({ path }) => path), ...becameSecret(before, after)])];
  const unprotected = before.isKept === true && after.isKept !== true;
  if (paths.length === 0 && !unprotected) return undefined;
  return {
    ...same,
    operation: changes.some(({ replace, path }) => replace || isReplacedBy(type, path))
      ? 'replace'
      : 'update',
    paths,
    ...(unprotected && { unprotected }),
  };
}

function kindOf(type: string): AnyKind | undefined {
  const [provider, , kind = ''] = type.split(':');
  return provider === 'railhead' && Object.hasOwn(ownKinds, kind) ? ownKinds[kind] : undefined;
}

/** Returns the paths of values that are secret on one side only. They can have the same stand-in on both sides. */
function becameSecret(before: RecordedResource, after: RecordedResource): string[] {
  const pathsOf = ({ secrets }: RecordedResource) => secrets.map((path) => path.join('.'));
  const [old, now] = [pathsOf(before), pathsOf(after)];
  return [...now.filter((path) => !old.includes(path)), ...old.filter((path) => !now.includes(path))];
}
