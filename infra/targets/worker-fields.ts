import type { StackSupport } from './support.ts';

/** What the gateway's Worker does is the same on every target. */
export const workerFields = {
  hosts: 'honoured',
  routes: {
    path: 'honoured',
    to: 'honoured',
    rateLimit: { requests: 'honoured', period: 'honoured' },
    auth: { jwks: 'honoured', issuer: 'honoured', audience: 'honoured' },
    cache: 'honoured',
  },
  trustedHeaders: 'honoured',
  rateLimit: { requests: 'honoured', period: 'honoured' },
  cors: { origins: 'honoured' },
} satisfies Partial<StackSupport['gateway']>;
