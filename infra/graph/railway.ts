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
  const literals = Object.entries(railwayNames(stack, environment, name));
  const domains = dependsOn.map((other): [string, Template] => [
    `${other.toUpperCase().replaceAll('-', '_')}_RAILWAY_PRIVATE_DOMAIN`,
    [reference(other, 'RAILWAY_PRIVATE_DOMAIN')],
  ]);
  const isRouted = stack.gateway?.routes.some(({ to }) => to === name) ?? false;
  return {
    ...Object.fromEntries(literals.map(([key, value]): [string, Template] => [key, [value]])),
    ...(service.port !== undefined && {
      RAILWAY_PRIVATE_DOMAIN: [reference(name, 'RAILWAY_PRIVATE_DOMAIN')],
    }),
    ...(hasVolume(service) && {
      RAILWAY_VOLUME_MOUNT_PATH: [reference(name, 'RAILWAY_VOLUME_MOUNT_PATH')],
    }),
    ...(isRouted && { RAILWAY_PUBLIC_DOMAIN: [reference(name, 'RAILWAY_PUBLIC_DOMAIN')] }),
    ...Object.fromEntries(domains),
  };
}

export function hasVolume(service: Service): boolean {
  return isCode(service) && service.volume !== undefined;
}

function reference(service: string, name: string): ProvidedReference {
  return { kind: 'provided', service, name };
}
