import type { IResourceMonitorClient } from '@pulumi/pulumi/proto/resource_grpc_pb.js';
import rpc from '@pulumi/pulumi/proto/resource_pb.js';
import { decodeProperties, encodeProperties } from '../../provider/wire.ts';
import { placeholder, type RecordedResource } from '../../targets/shared/recorded.ts';
import { providerOutputs } from './provider-outputs.ts';
import type { Secrets } from './secrets.ts';

type Answer = (error: Error | null, response: rpc.RegisterResourceResponse) => void;

/**
 * Records every resource that is registered with a mock runtime. Pulumi's mocks receive only whether a property
 * contains a secret, and no dependencies. The request contains which part is secret, and the dependencies.
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
    // A provider returns the inputs together with its outputs.
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
