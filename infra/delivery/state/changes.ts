import type { ComponentChange } from '../../changes/compare.ts';
import { resourceName } from '../../changes/resource-name.ts';
import { componentOf, isOfStateOnly, nameOf } from '../../targets/shared/data.ts';
import { fingerprintKey, identityType, releaseType } from '../../targets/shared/generated.ts';
import type { Step } from './steps.ts';

/** Returns the changes of resources, each with the service that it belongs to. */
export function changesOf(steps: readonly Step[]): ComponentChange[] {
  return steps.filter((step) => !isInternal(step)).map(changeOf);
}

/** Returns true for components, the stack, providers, and the records of Railhead with their key. */
export function isInternal({ type, urn }: Pick<Step, 'type' | 'urn'>): boolean {
  return isOfStateOnly(type) || [releaseType, identityType].includes(type) || nameOf(urn) === fingerprintKey;
}

function changeOf(step: Step): ComponentChange {
  const { urn, type, operation, paths, before, after } = step;
  const drift = driftOf(step);
  const unprotected =
    after && ((before?.protect && !after.protect) || (before?.retainOnDelete && !after.retainOnDelete));
  return {
    type,
    name: nameOf(urn),
    operation,
    paths,
    ...(unprotected && { unprotected: true as const }),
    service: componentOf((after ?? before)?.parent ?? ''),
    ...(drift && { drift }),
  };
}

/** Returns how a resource differs from what the last update left. Railhead's provider reports it as the input `state`. */
function driftOf({ urn, type, drifted, before, after }: Step): ComponentChange['drift'] {
  const resource = resourceName({ type, name: nameOf(urn) });
  const [was, wanted] = [before?.inputs.state, after?.inputs.state];
  if (after && type.startsWith('railhead:') && typeof was === 'string' && was !== wanted) {
    return { kind: 'drift', resource, before: was, ...(typeof wanted === 'string' && { after: wanted }) };
  }
  return drifted ? { kind: 'drift', resource } : undefined;
}
