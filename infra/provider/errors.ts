import { Metadata, status, type ServiceError } from '@grpc/grpc-js';
import anyProto from 'google-protobuf/google/protobuf/any_pb.js';
import rpc from '@pulumi/pulumi/proto/provider_pb.js';
import statusProto from '@pulumi/pulumi/proto/status_pb.js';
import { UserError } from '../../tools/user-error.ts';
import { InitError } from './init-error.ts';
import { encodeProperties } from './wire.ts';

/**
 * Converts an error to a gRPC error. For the codes UNKNOWN and INTERNAL the engine assumes that the state of the
 * resource is unknown, so a user's mistake needs another code.
 */
export function grpcError(error: unknown): Partial<ServiceError> {
  if (error instanceof InitError) return initFailed(error);
  if (error instanceof UserError) return { code: status.FAILED_PRECONDITION, details: error.message };
  const details = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { code: status.UNKNOWN, details };
}

function initFailed({ message, id }: InitError): Partial<ServiceError> {
  const detail = new rpc.ErrorResourceInitFailed()
    .setId(id)
    .setProperties(encodeProperties({}, []))
    .setReasonsList([message])
    .setRefreshBeforeUpdate(true);
  const packed = new anyProto.Any();
  packed.pack(detail.serializeBinary(), 'pulumirpc.ErrorResourceInitFailed');
  const response = new statusProto.Status().setCode(status.UNKNOWN).setMessage(message).addDetails(packed);
  const metadata = new Metadata();
  // The gRPC header for structured errors, which grpc-js does not set itself.
  metadata.add('grpc-status-details-bin', Buffer.from(response.serializeBinary()));
  return { code: status.UNKNOWN, details: message, metadata };
}
