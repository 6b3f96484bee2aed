import { bindMountsOf } from '../stack/bind-mounts.ts';
import { toVariablePart } from '../stack/names.ts';
import { mountsOf } from '../stack/volumes.ts';
import { isCode, type Service, type Stack } from '../stack/schema.ts';
import type { ProvidedReference, Template } from './types.ts';

/** Railway's variables that the target sets for each replica, so other services cannot refer to them. */
export const runtimeNames = ['RAILWAY_REPLICA_ID', 'RAILWAY_DEPLOYMENT_ID'];

/** Returns Railway's variables whose value follows from the stack file alone. */
export function railwayNames(stack: Stack, environment: string, name: string): Record<string, string> {
  return {
    RAILWAY_SERVICE_NAME: name,
    RAILWAY_PROJECT_NAME: stack.name,
    RAILWAY_ENVIRONMENT: environment,
    RAILWAY_ENVIRONMENT_NAME: environment,
  };
}

/** Returns the variables that Railway sets for every service, so that code written for Railway finds them. */
export function railwayVariables(
  stack: Stack,
  environment: string,
  name: string,
  service: Service,
  dependsOn: string[],
): Record<string, Template> {
  const variables: Record<string, Template> = {};
  for (const [key, value] of Object.entries(railwayNames(stack, environment, name))) variables[key] = [value];
  const own = (key: string) => (variables[key] = [reference(name, key)]);
  if (service.port !== undefined) own('RAILWAY_PRIVATE_DOMAIN');
  if (hasVolume(service)) own('RAILWAY_VOLUME_MOUNT_PATH');
  const mounts = isCode(service) ? [...mountsOf(name, service), ...bindMountsOf(service)] : [];
  for (const { variable } of mounts) own(variable);
  if (stack.gateway?.routes.some(({ to }) => to === name)) own('RAILWAY_PUBLIC_DOMAIN');
  for (const other of dependsOn) {
    const key = `${toVariablePart(other)}_RAILWAY_PRIVATE_DOMAIN`;
    variables[key] = [reference(other, 'RAILWAY_PRIVATE_DOMAIN')];
  }
  return variables;
}

export function hasVolume(service: Service): boolean {
  return isCode(service) && service.volume !== undefined;
}

function reference(service: string, name: string): ProvidedReference {
  return { kind: 'provided', service, name };
}
