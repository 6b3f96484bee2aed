import type { FastifyRequest } from 'fastify';
import type { Server } from '../shared/server.ts';
import { HttpError } from '../shared/errors.ts';

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Sets the security headers of every response, and refuses changes that a page of another site sends. */
export function addSecurity(app: Server): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.headers({
      'content-security-policy': policy,
      'referrer-policy': 'same-origin',
      'x-frame-options': 'DENY',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': 'camera=(), geolocation=(), microphone=()',
    });
    if (!['GET', 'HEAD'].includes(request.method) && isForeign(request)) {
      throw new HttpError(403, 'foreign_form', 'This form was sent from another site.');
    }
  });
}

/** Returns true if another site sent the form, by `Sec-Fetch-Site`, `Origin` or, from older browsers, `Referer`. */
function isForeign({ headers, host }: FastifyRequest): boolean {
  const site = headers['sec-fetch-site'] ?? 'same-origin';
  if (site !== 'same-origin' && site !== 'none') return true;
  const origin = headers.origin ?? headers.referer;
  if (origin === undefined) return false;
  const forwarded = headers['x-forwarded-host'];
  return URL.parse(origin)?.host !== (typeof forwarded === 'string' ? forwarded : host);
}
