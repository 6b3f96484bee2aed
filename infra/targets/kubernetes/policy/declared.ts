import type { ServiceGraph } from '../../../graph/types.ts';
import type { Declared } from './containers.ts';
import type { Container, Pods } from './pods.ts';

/** Returns what the stack file says of a container of a pod. */
export type DeclaredFor = (pods: Pods, container: Container) => Declared;

/**
 * Finds the fields of a stack. Other containers in the pods of a service, which count and judge the requests of a canary, are
 * Railhead's own and have none.
 */
export function declaredIn({ services }: ServiceGraph): DeclaredFor {
  return ({ labels }, container) => {
    const service = services.find(({ name }) => name === labels['app.kubernetes.io/name']);
    return service?.form === 'code' && service.name === container.name ? service.config : {};
  };
}
