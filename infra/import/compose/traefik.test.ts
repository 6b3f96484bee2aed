import assert from 'node:assert/strict';
import { test } from 'vitest';
import { parse } from 'yaml';
import { importOf } from '../testing.ts';

const compose = `
services:
  proxy:
    image: traefik:v3.1
    command: ["--providers.docker", "--certificatesresolvers.le.acme.email=\${MAIL}"]
    ports: ["80:80", "443:443"]
    volumes: ["/var/run/docker.sock:/var/run/docker.sock:ro", "acme:/acme"]
    labels:
      - traefik.http.middlewares.no-api.stripPrefix.prefixes=/api
  web:
    image: acme/web:1
    expose: ["9000"]
    depends_on: [proxy]
    labels:
      - traefik.enable=true
      - traefik.http.routers.web.rule=Host(\`\${DOMAIN}\`) || Host(\`www.\${DOMAIN}\`)
      - traefik.http.routers.web.entrypoints=websecure
      - traefik.http.routers.web.tls.certresolver=le
      - traefik.http.routers.plain.rule=Host(\`\${DOMAIN}\`)
      - traefik.http.routers.plain.middlewares=https
      - traefik.http.middlewares.https.redirectscheme.scheme=https
      - traefik.http.services.web.loadbalancer.server.port=8000
      - org.example.label=1
  api:
    image: acme/api:1
    ports: ["4000:4000", "4100"]
    labels:
      traefik.http.routers.api.rule: Host(\`\${DOMAIN}\`) && PathPrefix(\`/api\`)
      traefik.http.routers.api.middlewares: no-api@docker, secured@docker
      traefik.http.routers.api.service: api
      traefik.http.routers.admin.rule: Host(\`admin.\${DOMAIN}\`)
      traefik.http.routers.admin.service: admin
      traefik.http.services.api.loadbalancer.server.port: 4000
      traefik.http.services.admin.loadbalancer.server.port: 4100
      traefik.http.routers.other.rule: Host(\`\${DOMAIN}\`) && Headers(\`X\`, \`y\`)
      traefik.http.routers.health.rule: PathPrefix(\`/health\`)
      traefik.http.middlewares.secured.basicauth.users: admin:$$apr1$$Qx7canary
      traefik.tcp.routers.api.rule: HostSNI(\`*\`)
  db:
    image: postgres:16
    labels: ["traefik.http.routers.db.rule=Host(\`db.example\`)"]
  mail: { image: "acme/mail:1", ports: ["8025:8025"] }
  jobs: { image: "acme/jobs:1", labels: ["traefik.enable=false", "traefik.http.routers.jobs.rule=Host(\`j.example\`)"] }
  hidden: { image: "acme/hidden:1", labels: ["traefik.http.routers.hidden.rule=Host(\`h.example\`)"] }
  debug: { image: "acme/debug:1", ports: [90], profiles: [dev], labels: ["traefik.http.routers.d.rule=Host(\`d.example\`)"] }
volumes: { acme: {} }
`;

test('rules of Traefik become routes, and the gateway takes its place', async (t) => {
  const { texts, rows, lines } = await importOf(t, {
    ...{ 'package.json': '{ "name": "shop" }', 'compose.yaml': compose },
    '.env': 'DOMAIN=shop.example\nMAIL=a@shop.example\n',
  });
  const stack = parse(texts['stacks/shop.yaml'] ?? '') as {
    services: Record<string, { port?: number; ports?: object; dependsOn?: object }>;
    gateway: { routes: object[] };
  };
  assert.deepEqual(Object.keys(stack.services), ['web', 'api', 'db', 'mail', 'jobs', 'hidden']);
  assert.deepEqual(stack.services['web'], { image: 'acme/web:1', port: 8000, ports: { 'port-9000': 9000 } });
  assert.deepEqual(stack.gateway, {
    routes: [
      { host: 'shop.example', path: '/*', to: 'web' },
      { host: 'www.shop.example', path: '/*', to: 'web' },
      { host: 'shop.example', path: '/api/*', stripPrefix: true, to: 'api' },
      { path: '/mail/*', to: 'mail', stripPrefix: true },
    ],
  });
  const text = lines.join('\n');
  assert.match(text, /defaulted services\.proxy\.image the gateway takes the place of Traefik/);
  assert.match(text, /defaulted services\.web\.depends_on the gateway takes the place/);
  assert.match(text, /defaulted services\.web\.labels\.4 another line has this route/);
  assert.match(text, /defaulted services\.jobs\.labels a service without a route is private/);
  const lost = rows.filter(({ outcome }) => outcome === 'cannot');
  assert.deepEqual(
    lost.map(({ field, why }) => [field.replace(/^services\./, ''), (why ?? '').slice(0, 40)]),
    [
      ['web.labels.8', 'labels configure programs of the platfor'],
      ['api.labels.traefik.http.routers.admin.rule', 'a route leads to 4000, the port of the s'],
      ['api.labels.traefik.http.routers.other.rule', 'a route matches hosts and paths, and not'],
      ['api.labels.traefik.http.routers.health.rule', 'path "/health/*" is never routed: /inter'],
      ['api.labels.traefik.http.middlewares.secured.basicauth.users', 'the gateway accepts JWTs only'],
      ['api.labels.traefik.tcp.routers.api.rule', 'a route is one of HTTP'],
      ['db.labels', 'a data service is private'],
      ['hidden.labels', 'a service without a port has no route'],
      ['debug.labels', 'the gateway has no route to a service th'],
    ],
  );
  assert.doesNotMatch(JSON.stringify([texts, rows]), /Qx7canary/);
});

test('Traefik with routes in its own files stays a service', async (t) => {
  const { texts } = await importOf(t, {
    'package.json': '{ "name": "shop" }',
    'compose.yaml': 'services:\n  proxy: { image: "traefik:v3", ports: ["8080:80"] }\n',
  });
  assert.partialDeepStrictEqual(parse(texts['stacks/shop.yaml'] ?? ''), {
    services: { proxy: { image: 'traefik:v3', port: 80 } },
  });
});

test('a host that no file says is reported', async (t) => {
  const { rows } = await importOf(t, {
    'package.json': '{ "name": "shop" }',
    'compose.yaml':
      'services:\n  web: { image: "acme/web:1", expose: [80], labels: ["traefik.http.routers.w.rule=Host(`app.${DOMAIN}`)"] }\n',
  });
  const [lost] = rows.filter(({ outcome }) => outcome === 'cannot');
  assert.match(lost?.why ?? '', /^host "app\." is not a host/);
});
