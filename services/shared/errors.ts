import { Type, type Static } from 'typebox';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { TLocalizedValidationError } from 'typebox/error';
import { isPostgresUnavailable } from './postgres-errors.ts';
import { validationDetails, type ValidationDetail } from './validation.ts';

/** The body of every response with a status of 400 or above. */
export const ErrorBody = Type.Object({
  error: Type.Object({
    code: Type.String(),
    message: Type.String(),
    details: Type.Optional(Type.Array(Type.Object({ path: Type.String(), message: Type.String() }))),
  }),
});

export type ErrorBody = Static<typeof ErrorBody>;

/** An error with its HTTP status, a code for programs and a message for the caller. */
export class HttpError extends Error {
  override name = 'HttpError';
  readonly status: number;
  readonly code: string;
  readonly details: ValidationDetail[] | undefined;

  constructor(status: number, code: string, message: string, details?: ValidationDetail[]) {
    super(message);
    this.status = status;
    this.code = code;
    this.details = details;
  }
}

const partNames: Record<string, string> = { body: 'body', querystring: 'query', params: 'path' };

/** Makes `app` respond to every error with an `ErrorBody`. Internal errors are logged, and their details not sent. */
export function answerErrors(app: FastifyInstance): void {
  app.setErrorHandler(sendError);
  app.setNotFoundHandler(sendNotFound);
}

export function sendNotFound(request: FastifyRequest, reply: FastifyReply): void {
  sendError(
    new HttpError(404, 'not_found', `There is no ${request.method} ${path(request)}.`),
    request,
    reply,
  );
}

export function sendError(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const { status, code, message, details } = toHttpError(error);
  if (status >= 500) request.log.error({ err: error }, message);
  if (status === 503) reply.header('retry-after', '1');
  reply.code(status).send({ error: { code, message, ...(details && { details }) } });
}

function toHttpError(error: unknown): HttpError {
  if (error instanceof HttpError) return error;
  if (isPostgresUnavailable(error)) {
    return new HttpError(503, 'unavailable', 'The database cannot be reached. Try again shortly.');
  }
  const { validation, validationContext, statusCode, message } = error as Partial<FastifyError>;
  if (validation) {
    const details = (validation as unknown as TLocalizedValidationError[]).flatMap(validationDetails);
    return new HttpError(
      400,
      'validation',
      `The ${partNames[validationContext ?? ''] ?? 'request'} is not valid.`,
      details,
    );
  }
  if (statusCode === 413) return new HttpError(413, 'too_large', 'The body is too large.');
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return new HttpError(statusCode, 'bad_request', message ?? 'The request cannot be understood.');
  }
  return new HttpError(500, 'internal', 'Something went wrong on our side.');
}

function path(request: FastifyRequest): string {
  return request.url.split('?', 1)[0] ?? '';
}
