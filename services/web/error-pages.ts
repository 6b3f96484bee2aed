import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { HttpError } from '../shared/errors.ts';
import { ApiRefusal, ApiUnavailable } from './api/request.ts';
import { html, type Html } from './pages/html.ts';
import type { AssetUrl } from './pages/layout.ts';
import { messagePage } from './pages/message.ts';

interface Explanation {
  status: number;
  title: string;
  text: string | Html;
}

/** Returns an error handler that responds with a page. Internal errors are logged, and their details not shown. */
export function errorPages(asset: AssetUrl) {
  return (error: FastifyError | Error, request: FastifyRequest, reply: FastifyReply): void => {
    const { status, title, text } = explain(error, request.id);
    if (status >= 500) request.log.error({ err: error }, title);
    if (status === 503) reply.header('retry-after', '5');
    reply
      .code(status)
      .header('cache-control', 'no-store')
      .type('text/html; charset=utf-8')
      .send(messagePage({ title, text, asset }));
  };
}

function explain(error: FastifyError | Error, correlationId: string): Explanation {
  if (error instanceof ApiUnavailable) {
    return {
      status: 503,
      title: 'The rota is temporarily unavailable',
      text: html`The service that stores the shifts cannot be reached. No saved shift is lost. Please try
        again in a moment. Request <code>${correlationId}</code>.`,
    };
  }
  if (error instanceof HttpError || error instanceof ApiRefusal) {
    const title = error.status === 404 ? 'Not found' : 'This did not work';
    return { status: error.status, title, text: error.message };
  }
  const status = 'statusCode' in error ? (error.statusCode ?? 500) : 500;
  if (status < 500) return { status, title: 'This did not work', text: 'The request cannot be understood.' };
  return {
    status: 500,
    title: 'Something went wrong on our side',
    text: html`Please try again. If it happens again, report the request <code>${correlationId}</code>.`,
  };
}
