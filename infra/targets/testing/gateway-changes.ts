import type { Change } from './field-change.ts';

const rate = { requests: 5, period: '60s' };
const auth = { jwks: 'https://id.example.com/keys', issuer: 'https://id.example.com', audience: 'shop' };
const routed = (field: object): Change => [
  { routes: [{ path: '/*', to: 'web' }] },
  { routes: [{ path: '/*', to: 'web', ...field }] },
];
const changeAuth = (field: object): Change => [
  { routes: [{ path: '/*', to: 'web', auth }] },
  { routes: [{ path: '/*', to: 'web', auth: { ...auth, ...field } }] },
];
const cloudflare = {
  provider: 'cloudflare',
  domain: 'shop.example.com',
  cloudflare: { account: '0'.repeat(32), zone: '1'.repeat(32) },
};
const changeCloudflare = (field: object): Change => [
  cloudflare,
  { ...cloudflare, cloudflare: { ...cloudflare.cloudflare, ...field } },
];

const domain = cloudflare.domain;
const ingress = { class: 'nginx', from: 'ingress-nginx' };
const changeIngress = (field: object): Change => [
  { domain, ingress },
  { domain, ingress: { ...ingress, ...field } },
];
const httpRoute = { gateway: 'public', namespace: 'gateways' };
const changeRoute = (field: object): Change => [
  { domain, httpRoute },
  { domain, httpRoute: { ...httpRoute, ...field } },
];
const annotations = { 'example.com/a': 'b' };

/** A change of each field of `gateway`. */
export const gatewayChanges: Record<string, Change[]> = {
  provider: [[{ domain: cloudflare.domain }, cloudflare]],
  'cloudflare.account': [changeCloudflare({ account: '2'.repeat(32) })],
  'cloudflare.zone': [changeCloudflare({ zone: '2'.repeat(32) })],
  'cloudflare.ownsZone': [changeCloudflare({ ownsZone: false })],
  port: [[{ port: 8080 }, { port: 8081 }]],
  domain: [[{}, { domain: 'shop.example.com' }]],
  'ingress.class': [changeIngress({ class: 'traefik' })],
  'ingress.from': [changeIngress({ from: 'traefik' }), changeIngress({ from: '10.0.0.0/8' })],
  'ingress.issuer': [changeIngress({ issuer: 'letsencrypt' })],
  'ingress.secret': [changeIngress({ secret: 'certificate' })],
  'ingress.annotations': [changeIngress({ annotations })],
  'httpRoute.gateway': [changeRoute({ gateway: 'private' })],
  'httpRoute.namespace': [changeRoute({ namespace: 'other' })],
  'httpRoute.listener': [changeRoute({ listener: 'https' })],
  'httpRoute.from': [changeRoute({ from: 'envoy-gateway-system' })],
  'httpRoute.annotations': [changeRoute({ annotations })],
  hosts: [[{}, { hosts: ['shop.example.org'] }]],
  'routes.host': [routed({ host: 'shop.example.com' })],
  'routes.stripPrefix': [
    [{ routes: [{ path: '/a/*', to: 'web' }] }, { routes: [{ path: '/a/*', to: 'web', stripPrefix: true }] }],
  ],
  'routes.path': [routed({ path: '/a/*' })],
  'routes.port': [routed({ port: 'admin' })],
  'routes.to': [routed({ to: 'other' })],
  'routes.rateLimit.requests': [[{ rateLimit: rate }, { rateLimit: { ...rate, requests: 6 } }]],
  'routes.rateLimit.period': [routed({ rateLimit: { ...rate, period: '10s' } })],
  'routes.auth.jwks': [changeAuth({ jwks: 'https://id.example.com/other' })],
  'routes.auth.issuer': [changeAuth({ issuer: 'https://id.example.org' })],
  'routes.auth.audience': [changeAuth({ audience: 'other' })],
  'routes.cache': [routed({ cache: '1m' })],
  trustedHeaders: [[{}, { trustedHeaders: ['X-Tenant'] }]],
  'rateLimit.requests': [[{ rateLimit: rate }, { rateLimit: { ...rate, requests: 6 } }]],
  'rateLimit.period': [[{ rateLimit: rate }, { rateLimit: { ...rate, period: '10s' } }]],
  'cors.origins': [[{}, { cors: { origins: ['https://app.example.com'] } }]],
};
