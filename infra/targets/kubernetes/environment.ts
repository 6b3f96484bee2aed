import type { Input } from '@pulumi/pulumi';
import { provided, providedByGateway } from '../../graph/provided.ts';
import type { ServiceGraph, Template } from '../../graph/types.ts';
import { gatewayArtifact } from '../../artifacts/programs.ts';
import type { CodeService } from '../../stack/schema.ts';
import { containerEnvironment } from '../containers/environment.ts';
import type { input } from './inputs.ts';

type Templates = Record<string, Template>;
type Variables = Record<string, Input<string>>;

/** The variables of a container: plain ones stand in it, secret ones in a Secret that it names. */
export interface Environment {
  plain: Variables;
  secret: Variables;
}

/** Parts variables by what their templates refer to: decided before any value is known. */
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
 * The environment of a container. `config` is empty where nothing listens; `secretName` is the Secret that holds the
 * secret variables.
 */
export function environmentArgs(
  config: Pick<CodeService, 'port' | 'health'>,
  image: Input<string>,
  { plain, secret }: Environment,
  secretName: Input<string> | undefined,
): input.core.v1.EnvVar[] {
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

/** A pod has an id of its own, which is its name. */
export const replicaId: input.core.v1.EnvVar = {
  name: 'RAILWAY_REPLICA_ID',
  valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.name' } },
};

function holdsSecret(template: Template, { services }: ServiceGraph): boolean {
  return template.some((part) => {
    if (typeof part === 'string') return false;
    if (part.kind === 'secret') return true;
    if (part.service === gatewayArtifact) return providedByGateway[part.name]?.secret ?? true;
    const service = services.find(({ name }) => name === part.service);
    if (service === undefined) return true;
    // What is read from the URL of somebody else's server is secret as that is.
    const isExternal = Object.keys(service.external).length > 0;
    return isExternal || (provided[service.config.kind][part.name]?.secret ?? true);
  });
}
