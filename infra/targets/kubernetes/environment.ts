import type { Input, Output } from '@pulumi/pulumi';
import { provided, providedByGateway } from '../../graph/provided.ts';
import type { GraphService, ServiceGraph, Template } from '../../graph/types.ts';
import { gatewayArtifact } from '../../artifacts/programs.ts';
import type { CodeService } from '../../stack/schema.ts';
import { containerEnvironment } from '../containers/environment.ts';
import type { input } from './inputs.ts';

type Variables = Record<string, Output<string>>;

/** The variables of a container: plain ones stand in it, secret ones in a Secret that it names. */
export interface Environment {
  plain: Variables;
  secret: Variables;
}

/** Parts the filled-in variables by what their templates refer to: decided before any value is known. */
export function partVariables(
  graph: ServiceGraph,
  templates: Record<string, Template>,
  filled: Variables,
): Environment {
  const services = new Map(graph.services.map((service) => [service.name, service]));
  const pick = (wanted: boolean): Variables =>
    Object.fromEntries(
      Object.entries(filled).filter(([name]) => holdsSecret(templates[name] ?? [], services) === wanted),
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
  return [
    ...Object.entries(containerEnvironment(config, image, plain)).map(([name, value]) => ({ name, value })),
    ...Object.keys(secret).map((key) => ({
      name: key,
      valueFrom: { secretKeyRef: { name: secretName ?? '', key } },
    })),
    { name: 'RAILWAY_REPLICA_ID', valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.name' } } },
  ];
}

function holdsSecret(template: Template, services: ReadonlyMap<string, GraphService>): boolean {
  return template.some((part) => {
    if (typeof part === 'string') return false;
    if (part.kind === 'secret') return true;
    if (part.service === gatewayArtifact) return providedByGateway[part.name]?.secret ?? true;
    const service = services.get(part.service);
    if (service === undefined) return true;
    // What is read from the URL of somebody else's server is secret as that is.
    const isExternal = Object.keys(service.external).length > 0;
    return isExternal || (provided[service.config.kind][part.name]?.secret ?? true);
  });
}
