import type { KubernetesObject } from '../manifests.ts';
import type { ServiceGraph } from '../../../graph/types.ts';
import { podsOf } from './pods.ts';
import type { Violation } from '../../shared/violation.ts';

/** Checks that every pod, of built and foreign images, has all pull secrets of the stack file. */
export function everyPodPulls(objects: KubernetesObject[], { imagePullSecrets }: ServiceGraph): Violation[] {
  const pulling = objects.filter(({ type }) => type === 'kubernetes.io/dockerconfigjson');
  const wanted = [
    ...imagePullSecrets.filter((secret) => typeof secret === 'string'),
    ...pulling.map(({ metadata }) => metadata.name),
  ];
  return podsOf(objects).flatMap(({ owner, spec }) => {
    const named = spec.imagePullSecrets?.map(({ name }) => name) ?? [];
    return wanted
      .filter((name) => !named.includes(name))
      .map((name) => ({ object: owner, problem: `does not pull with ${name}` }));
  });
}
