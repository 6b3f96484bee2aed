import Fastify, { LogController, type FastifyBaseLogger } from 'fastify';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import { correlationHeader, correlationId } from './correlation.ts';
import { answerErrors, sendError } from './errors.ts';
import { validatorCompiler } from './validation.ts';

export type Server = ReturnType<typeof createServer>;

/**
 * Creates a Fastify server with the common settings: limits, correlation ids, error bodies, one log line per request.
 */
export function createServer(log: FastifyBaseLogger) {
  const app = Fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'correlationId' }),
    genReqId: (request) => correlationId(request.headers[correlationHeader]),
    bodyLimit: 64 * 1024,
    requestTimeout: 30_000,
    // Longer than the timeout of any proxy in front, which could otherwise reuse a socket that was just closed here.
    keepAliveTimeout: 95_000,
    // A closing replica serves requests on open connections, with `connection: close`.
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
