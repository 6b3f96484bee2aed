import type { WithHoles } from '../../plan/resource.ts';
import type { Text } from '../../plan/hole.ts';
import { providedBy, providedByGateway } from '../../graph/provided.ts';
import type { ServiceGraph, Template } from '../../graph/types.ts';
import { gatewayArtifact } from '../../artifacts/programs.ts';
import type { CodeService } from '../../stack/schema.ts';
import { containerEnvironment } from '../../containers/environment.ts';
import type { input } from './inputs.ts';

type Templates = Record<string, Template>;
type Variables = Record<string, Text>;

/** The variables of a container: plain ones are in the pod's spec, secret ones in a Secret that it references. */
export interface Environment {
  plain: Variables;
  secret: Variables;
}

/** Separates plain and secret variables by the references in their templates, since values are not known yet. */
export function partVariables(
  graph: ServiceGraph,
  templates: Templates,
): Record<'plain' | 'secret', Templates> {
  const pick = (wanted: boolean): Templates =>
    Object.fromEntries(
      Object.entries(templates).filter(([, template]) => holdsSecret(template, graph) === wanted),
    );
  return { plain: pick(false), secret: pick(true) };
}

/**
 * Returns the environment of a container. `config`: empty for containers that do not listen. `secretName`: the Secret
 * with the secret variables.
 */
export function environmentArgs(
  config: Pick<CodeService, 'port' | 'ports' | 'health' | 'readOnly'>,
  image: Text,
  { plain, secret }: Environment,
  secretName: Text | undefined,
): WithHoles<input.core.v1.EnvVar>[] {
  const inPod = Object.entries(containerEnvironment(config, image, plain));
  return [
    ...inPod.filter(([name]) => !Object.hasOwn(secret, name)).map(([name, value]) => ({ name, value })),
    ...Object.keys(secret).map((key) => ({
      name: key,
      valueFrom: { secretKeyRef: { name: secretName ?? '', key } },
    })),
    replicaId,
  ];
}

/** Returns variables for a container. `fieldPaths`: for each further variable the field of the pod that is its value. */
export function envVars(
  variables: Record<string, string>,
  fieldPaths: Record<string, string>,
): WithHoles<input.core.v1.EnvVar>[] {
  return [
    ...Object.entries(variables).map(([name, value]) => ({ name, value })),
    ...Object.entries(fieldPaths).map(([name, fieldPath]) => ({
      name,
      valueFrom: { fieldRef: { fieldPath } },
    })),
  ];
}

/** The id of a replica is the name of its pod. */
export const replicaId: WithHoles<input.core.v1.EnvVar> = {
  name: 'RAILWAY_REPLICA_ID',
  valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.name' } },
};

/** Returns whether a template has a value that only a Secret may hold. */
export function holdsSecret(template: Template, { services }: ServiceGraph): boolean {
  return template.some((part) => {
    if (typeof part === 'string') return false;
    if (part.kind !== 'provided') return true;
    if (part.service === gatewayArtifact) return providedByGateway[part.name]?.secret ?? true;
    const service = services.find(({ name }) => name === part.service);
    if (service === undefined) return true;
    // All variables of an external server are secret, since they are read from its URL.
    return service.form === 'external' || (providedBy(service.config)[part.name]?.secret ?? true);
  });
}
