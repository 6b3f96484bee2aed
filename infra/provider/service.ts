import type { handleUnaryCall, UntypedServiceImplementation } from '@grpc/grpc-js';
import emptyProto from 'google-protobuf/google/protobuf/empty_pb.js';
import pluginProto from '@pulumi/pulumi/proto/plugin_pb.js';
import rpc from '@pulumi/pulumi/proto/provider_pb.js';
import type { Change } from './diff.ts';
import { createEngineLog } from './engine-log.ts';
import { grpcError } from './errors.ts';
import type { Provider, StepOptions } from './provider.ts';
import { decodeProperties, encodeProperties, type Properties } from './wire.ts';

const version = '0.1.0';

/**
 * Returns the gRPC service `pulumirpc.ResourceProvider`, which converts messages to calls of the provider. The provider
 * is loaded by `configure`: the engine also starts and waits for a second plugin process that only checks the
 * configuration. `cancelled`: aborted to end the running steps.
 */
export function createService(
  load: () => Promise<Provider>,
  engineAddress: string | undefined,
  cancelled: AbortController,
): UntypedServiceImplementation {
  let loading: Promise<Provider> | undefined;
  const log = createEngineLog(engineAddress);

  const step = (urn: string, preview = false): StepOptions => ({
    preview,
    progress: (line) => log.status(urn, line),
    signal: cancelled.signal,
  });

  async function told<T>(urn: string, work: Promise<T>): Promise<T> {
    try {
      return await work;
    } finally {
      await log.settled(urn);
    }
  }

  /** Returns a gRPC method that needs the provider. */
  function resource<Request, Response>(
    respond: (provider: Provider, request: Request) => Response | Promise<Response>,
  ): handleUnaryCall<Request, Response> {
    return unary(async (request: Request) => respond(await (loading ??= load()), request));
  }

  return {
    handshake: unary((request: rpc.ProviderHandshakeRequest) => {
      log.connect(request.getEngineAddress());
      return new rpc.ProviderHandshakeResponse().setAcceptSecrets(true);
    }),
    attach: unary((request: pluginProto.PluginAttach) => {
      log.connect(request.getAddress());
      return new emptyProto.Empty();
    }),
    getPluginInfo: unary(() => new pluginProto.PluginInfo().setVersion(version)),
    getSchema: unary(() =>
      new rpc.GetSchemaResponse().setSchema(JSON.stringify({ name: 'railhead', version })),
    ),
    checkConfig: unary((request: rpc.CheckRequest) => {
      return new rpc.CheckResponse().setInputs(request.getNews());
    }),
    diffConfig: unary(() => new rpc.DiffResponse().setChanges(rpc.DiffResponse.DiffChanges.DIFF_NONE)),
    configure: resource(() => new rpc.ConfigureResponse().setAcceptsecrets(true).setSupportspreview(true)),

    check: resource((provider, request: rpc.CheckRequest) => {
      const { inputs, failures } = provider.check(typeOf(request), decodeProperties(request.getNews()));
      return new rpc.CheckResponse()
        .setInputs(encode(inputs))
        .setFailuresList(
          failures.map(({ property, reason }) =>
            new rpc.CheckFailure().setProperty(property).setReason(reason),
          ),
        );
    }),
    diff: resource((provider, request: rpc.DiffRequest) => {
      const oldInputs = decodeProperties(request.getOldInputs());
      return diffResponse(provider.diff(typeOf(request), oldInputs, decodeProperties(request.getNews())));
    }),
    create: resource(async (provider, request: rpc.CreateRequest) => {
      const type = typeOf(request);
      const inputs = decodeProperties(request.getProperties());
      const options = step(request.getUrn(), request.getPreview());
      const { id, outputs } = await told(request.getUrn(), provider.create(type, inputs, options));
      return new rpc.CreateResponse()
        .setId(id)
        .setProperties(encode(outputs))
        .setRefreshBeforeUpdate(provider.drifts(type));
    }),
    read: resource((provider, request: rpc.ReadRequest) => {
      const type = typeOf(request);
      const state = decodeProperties(request.getProperties());
      const { inputs, outputs } = provider.read(type, decodeProperties(request.getInputs()), state);
      return new rpc.ReadResponse()
        .setId(request.getId())
        .setInputs(encode(inputs))
        .setProperties(encode(outputs))
        .setRefreshBeforeUpdate(provider.drifts(type));
    }),
    update: resource(async (provider, request: rpc.UpdateRequest) => {
      const type = typeOf(request);
      const news = decodeProperties(request.getNews());
      const olds = decodeProperties(request.getOlds());
      const options = step(request.getUrn(), request.getPreview());
      const outputs = await told(request.getUrn(), provider.update(type, news, olds, options));
      return new rpc.UpdateResponse()
        .setProperties(encode(outputs))
        .setRefreshBeforeUpdate(provider.drifts(type));
    }),
    delete: resource(async (provider, request: rpc.DeleteRequest) => {
      const inputs = decodeProperties(request.getOldInputs());
      await told(request.getUrn(), provider.delete(typeOf(request), inputs, step(request.getUrn())));
      return new emptyProto.Empty();
    }),
    cancel: unary(() => {
      cancelled.abort();
      return new emptyProto.Empty();
    }),
  };
}

type Respond<Request, Response> = (request: Request) => Response | Promise<Response>;

function unary<Request, Response>(respond: Respond<Request, Response>): handleUnaryCall<Request, Response> {
  return (call, callback) => {
    Promise.resolve(call.request)
      .then(respond)
      .then(
        (response) => callback(null, response),
        (error: unknown) => callback(grpcError(error)),
      );
  };
}

/** `urn:pulumi:dev::railhead::parent$railhead:process:Service::api` → `railhead:process:Service` */
function typeOf(request: { getUrn(): string }): string {
  const types = request.getUrn().split('::')[2] ?? '';
  return types.split('$').at(-1) ?? '';
}

function encode({ values, secrets }: Properties) {
  return encodeProperties(values, secrets);
}

function diffResponse(changes: Change[]): rpc.DiffResponse {
  const { DIFF_NONE, DIFF_SOME } = rpc.DiffResponse.DiffChanges;
  const response = new rpc.DiffResponse()
    .setChanges(changes.length === 0 ? DIFF_NONE : DIFF_SOME)
    .setHasdetaileddiff(true)
    .setDiffsList(properties(changes))
    .setReplacesList(properties(changes.filter(({ replace }) => replace)));
  for (const { path, kind, replace } of changes) {
    const difference = new rpc.PropertyDiff().setKind(propertyDiffKind(kind, replace)).setInputdiff(true);
    response.getDetaileddiffMap().set(path, difference);
  }
  return response;
}

function properties(changes: Change[]): string[] {
  return [...new Set(changes.map(({ property }) => property))];
}

function propertyDiffKind(kind: Change['kind'], replace: boolean): rpc.PropertyDiff.Kind {
  const kinds = rpc.PropertyDiff.Kind;
  switch (kind) {
    case 'add':
      return replace ? kinds.ADD_REPLACE : kinds.ADD;
    case 'delete':
      return replace ? kinds.DELETE_REPLACE : kinds.DELETE;
    case 'update':
      return replace ? kinds.UPDATE_REPLACE : kinds.UPDATE;
  }
}
