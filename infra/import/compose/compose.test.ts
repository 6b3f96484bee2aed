import assert from 'node:assert/strict';
import { test } from 'vitest';
import { parse } from 'yaml';
import { importOf, servicesOf, withoutPlaces } from '../testing.ts';

const compose = `version: '3.8'

services:
  postgres:
    image: postgres:15-alpine
    ports:
      - "5432:5432"
    environment:
      POSTGRES_USER: harness
      POSTGRES_PASSWORD: dev_password
      POSTGRES_DB: harness_hero
    volumes:
      - postgres_data:/var/lib/postgresql/data

  redis:
    image: redis:7-alpine

  backend:
    build: ./services/backend
    ports:
      - "4000:4000"
    environment:
      DATABASE_URL: postgresql://harness:dev_password@postgres:5432/harness_hero
      REDIS_URL: redis://redis:6379
      PORT: 4000
      BUILDER_SERVICE_URL: http://builder-service:4002
    depends_on:
      - postgres
      - redis
    volumes:
      - ./services/backend:/app
      - /app/node_modules

  builder-service:
    build: ./services/builder-service
    environment:
      DB_USER: harness
      DB_PASS: dev_password
      PORT: 4002
    depends_on:
      - redis
    deploy:
      replicas: 2

  web:
    build: ./apps/web
    ports:
      - "3000:3000"
    environment:
      NEXT_PUBLIC_API_URL: http://backend:4000

volumes:
  postgres_data:
`;

test('a Compose file: databases become data services, addresses references, and passwords are not copied', async (t) => {
  const service = (folder: string) => ({
    [`${folder}/Dockerfile`]: 'FROM node:24\n',
    [`${folder}/package.json`]: '{ "scripts": { "start": "node server.js" } }',
    [`${folder}/server.js`]: '',
  });
  const { texts, rows, secrets } = await importOf(t, {
    'package.json': '{ "name": "harness" }',
    'docker-compose.yml': compose,
    ...service('services/backend'),
    ...service('services/builder-service'),
    ...service('apps/web'),
  });
  const text = texts['stacks/harness.yaml'] ?? '';
  assert.deepEqual(parse(text), {
    name: 'harness',
    services: {
      postgres: { type: 'postgres', version: '15' },
      redis: { type: 'redis', version: '7' },
      backend: {
        ...{ source: 'services/backend', dockerfile: 'Dockerfile', port: 4000 },
        variables: {
          DATABASE_URL: '${{postgres.DATABASE_URL}}',
          REDIS_URL: '${{redis.REDIS_URL}}',
          BUILDER_SERVICE_URL: '${{builder-service.URL}}',
        },
      },
      'builder-service': {
        ...{ source: 'services/builder-service', dockerfile: 'Dockerfile', port: 4002, replicas: 2 },
        dependsOn: { redis: 'ready' },
        variables: { DB_USER: '${{postgres.PGUSER}}', DB_PASS: '${{postgres.PGPASSWORD}}' },
      },
      web: {
        ...{ source: 'apps/web', dockerfile: 'Dockerfile', port: 3000 },
        variables: { NEXT_PUBLIC_API_URL: '${{backend.URL}}' },
      },
    },
    gateway: {
      routes: [
        { path: '/backend/*', stripPrefix: true, to: 'backend' },
        { path: '/*', to: 'web' },
      ],
    },
  });
  assert.match(text, /^ {6}DATABASE_URL: \$\{\{postgres\.DATABASE_URL\}\} # docker-compose\.yml:23$/m);
  assert.ok(!withoutPlaces(text).includes('#'), text);
  assert.deepEqual(secrets, []);
  assert.ok(!JSON.stringify([texts, rows]).includes('dev_password'));
  assert.deepEqual(
    rows.filter(({ outcome }) => outcome === 'cannot').map(({ line, field, next }) => [line, field, next]),
    [],
  );
});

test('MinIO becomes object storage, and its clients get the keys by reference', async (t) => {
  const { texts, lines } = await importOf(t, {
    'package.json': '{ "name": "objects" }',
    'compose.yaml': `
services:
  minio:
    image: quay.io/minio/minio:latest
    command: server /data --console-address ":9001"
    environment: { MINIO_ROOT_USER: minioadmin, MINIO_ROOT_PASSWORD: Qx7canary }
    volumes: [objects:/data]
  app:
    image: acme/app:1
    environment:
      S3_URL: http://minio:9000/uploads
      S3_KEY: minioadmin
      S3_SECRET: Qx7canary
volumes: { objects: {} }
`,
  });
  const services = servicesOf(texts, 'objects');
  assert.deepEqual(services, {
    minio: { type: 's3' },
    app: {
      image: 'acme/app:1',
      variables: {
        S3_URL: '${{minio.URL}}/uploads',
        S3_KEY: '${{minio.AWS_ACCESS_KEY_ID}}',
        S3_SECRET: '${{minio.AWS_SECRET_ACCESS_KEY}}',
      },
    },
  });
  assert.ok(!JSON.stringify([texts, lines]).includes('Qx7canary'));
  assert.deepEqual(
    lines.filter((line) => line.includes(' cannot ')),
    [],
  );
});

test('Postgres with pgvector or PostGIS is a data service that keeps its image, and has the extension', async (t) => {
  const { texts, lines } = await importOf(t, {
    'package.json': '{ "name": "places" }',
    'compose.yaml': `
services:
  vectors: { image: "pgvector/pgvector:pg16", volumes: ["vectors:/var/lib/postgresql/data"] }
  places: { image: "docker.io/postgis/postgis:17-3.5-alpine@sha256:0a" }
  other: { image: "pgvector/pgvector:latest" }
volumes: { vectors: {} }
`,
  });
  const services = servicesOf(texts, 'places');
  assert.deepEqual(services.vectors, {
    ...{ type: 'postgres', version: '16', image: 'pgvector/pgvector:pg16', extensions: ['vector'] },
  });
  assert.deepEqual(services.places, {
    ...{
      type: 'postgres',
      version: '17',
      image: 'docker.io/postgis/postgis:17-3.5',
      extensions: ['postgis'],
    },
  });
  assert.deepEqual(services.other, { image: 'pgvector/pgvector:latest' });
  const mapped = lines.filter((line) => line.includes('vectors.image'));
  assert.deepEqual(
    mapped.map((line) => line.split(' → ')[1]),
    ['services.vectors.type', 'services.vectors.image', 'services.vectors.extensions'],
  );
});
