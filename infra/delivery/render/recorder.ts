import type { IResourceMonitorClient } from '@pulumi/pulumi/proto/resource_grpc_pb.js';
import rpc from '@pulumi/pulumi/proto/resource_pb.js';
import { decodeProperties, encodeProperties, type Properties } from '../../targets/process/plugin/wire.ts';
import { placeholder, providerOutputs } from './provider-outputs.ts';
import type { Secrets } from './secrets.ts';

/** A resource as the engine would get it. */
export interface RecordedResource extends Properties {
  urn: string;
  /** `kubernetes:apps/v1:Deployment` */
  type: string;
  /** Pulumi's name for it. */
  name: string;
  /** URNs of the resources that must be made before. */
  dependsOn: string[];
}

type Answer = (error: Error | null, response: rpc.RegisterResourceResponse) => void;

/**
 * Lets a mock runtime write down the resources that are registered. The mocks themselves would be told only that
 * something in a property is secret, and nothing of the order; the request tells which part of it, and what it waits for.
 */
export function recordInto(
  monitor: IResourceMonitorClient,
  resources: RecordedResource[],
  secrets: Secrets,
): void {
  const registerResource = (request: rpc.RegisterResourceRequest, answer: Answer) => {
    const [type, name, dependsOn] = [request.getType(), request.getName(), request.getDependenciesList()];
    const urn = `urn:pulumi:render::railhead::${type}::${name}`;
    const inputs = decodeProperties(request.getObject());
    resources.push({ urn, type, name, dependsOn, ...inputs });
    const outputs = providerOutputs({ type, name, ...inputs }, secrets);
    const response = new rpc.RegisterResourceResponse();
    response.setUrn(urn);
    response.setId(placeholder(name, 'id'));
    // Beside its outputs a provider returns what it was given.
    response.setObject(
      outputs === undefined
        ? request.getObject()
        : encodeProperties({ ...inputs.values, ...outputs.values }, [...inputs.secrets, ...outputs.secrets]),
    );
    answer(null, response);
  };
  const registerResourceOutputs = (_: unknown, answer: () => void) => {
    answer();
  };
  Object.assign(monitor, { registerResource, registerResourceOutputs });
}
