import { Metadata, status, type ServiceError } from '@grpc/grpc-js';
import anyProto from 'google-protobuf/google/protobuf/any_pb.js';
import rpc from '@pulumi/pulumi/proto/provider_pb.js';
import statusProto from '@pulumi/pulumi/proto/status_pb.js';
import { UserError } from '../../../stack/problem.ts';
import { InitError } from './init-error.ts';
import { encodeProperties } from './wire.ts';

/**
 * The engine takes the codes UNKNOWN and INTERNAL to mean that nobody knows what became of the
 * resource; a user's mistake must come with another one.
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
  // gRPC's own place for structured errors; grpc-js leaves it to the caller to fill in.
  metadata.add('grpc-status-details-bin', Buffer.from(response.serializeBinary()));
  return { code: status.UNKNOWN, details: message, metadata };
}
