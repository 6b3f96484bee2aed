import Fastify, { LogController, type FastifyBaseLogger } from 'fastify';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import { correlationHeader, correlationId } from './correlation.ts';
import { answerErrors, sendError } from './errors.ts';
import { validatorCompiler } from './validation.ts';

export type Server = ReturnType<typeof createServer>;

/** A Fastify server with what all services share: limits, correlation id, error bodies, one log line a request. */
export function createServer(log: FastifyBaseLogger) {
  const app = Fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'correlationId' }),
    genReqId: (request) => correlationId(request.headers[correlationHeader]),
    bodyLimit: 64 * 1024,
    requestTimeout: 30_000,
    // Longer than any hop in front keeps a socket, or it would reuse one that has just been closed here.
    keepAliveTimeout: 95_000,
    // Requests that reach a closing replica on a kept socket are served, with `connection: close`.
    return503OnClosing: false,
    frameworkErrors: sendError,
  }).withTypeProvider<TypeBoxTypeProvider>();

  app.setValidatorCompiler(validatorCompiler);
  answerErrors(app);
  app.addHook('onRequest', async (request, reply) => {
    reply.headers({ [correlationHeader]: request.id, 'x-content-type-options': 'nosniff' });
  });
  app.addHook('onResponse', async (request, reply) => {
    const { method, routeOptions, log } = request;
    const ms = Math.round(reply.elapsedTime);
    const level = /^\/(health|metrics)/.test(routeOptions.url ?? '') ? 'debug' : 'info';
    log[level]({ method, path: routeOptions.url, status: reply.statusCode, ms }, 'request');
  });
  return app;
}
