import assert from 'node:assert/strict';
import { test } from 'vitest';
import { runtimeImages, type ImageName } from '../runtimes/index.ts';
import { dockerfileText } from './dockerfile.ts';

test('a built Python service has its packages in a layer below the code, and their programs on the PATH', () => {
  const layers = { start: 'uvicorn app:api --port $PORT', volumes: ['/data'], isBuilt: true };
  assert.equal(
    dockerfileText('python:3.12-slim', { ...layers, runtime: { name: 'python' } }),
    `FROM python:3.12-slim AS files
COPY . /app
RUN chmod -R u=rwX,go=rX /app
RUN mkdir -p /app/.venv && mv /app/.venv /packages

FROM python:3.12-slim
ENV NODE_ENV=production
ENV PYTHONUNBUFFERED=1
ENV PYTHONDONTWRITEBYTECODE=1
ENV PIP_DISABLE_PIP_VERSION_CHECK=1
ENV PIP_ROOT_USER_ACTION=ignore
ENV PATH=/app/.venv/bin:$PATH
WORKDIR /app
COPY --from=files /packages /app/.venv
COPY --from=files /app /app
RUN ["install","-d","-o","10001","-g","10001","/data"]
USER 10001:10001
CMD ["/bin/sh","-c","uvicorn app:api --port $PORT"]
`,
  );
});

test('a compiled program and a static site have one layer', () => {
  const go = { start: './service.bin', volumes: [], isBuilt: true, runtime: { name: 'go' as const } };
  assert.equal(
    dockerfileText('alpine:3.22', go),
    `FROM alpine:3.22 AS files
COPY . /app
RUN chmod -R u=rwX,go=rX /app

FROM alpine:3.22
ENV NODE_ENV=production
ENV CGO_ENABLED=0
WORKDIR /app
COPY --from=files /app /app
USER 10001:10001
CMD ["./service.bin"]
`,
  );
  const site = { ...go, start: 'node railhead-site.js', runtime: { name: 'static' as const } };
  assert.equal(
    dockerfileText('node:24-slim', site),
    dockerfileText('node:24-slim', { ...site, runtime: { name: 'node' }, isBuilt: false }),
  );
});

test('a built Ruby service has its gems in a layer below the code', () => {
  const layers = { start: 'bundle exec ruby app.rb', volumes: [], isBuilt: true };
  assert.equal(
    dockerfileText('ruby:3.4', { ...layers, runtime: { name: 'ruby' } }),
    `FROM ruby:3.4 AS files
COPY . /app
RUN chmod -R u=rwX,go=rX /app
RUN mkdir -p /app/vendor/bundle && mv /app/vendor/bundle /packages

FROM ruby:3.4
ENV NODE_ENV=production
ENV BUNDLE_PATH=vendor/bundle
ENV BUNDLE_WITHOUT=development:test
ENV RACK_ENV=production
ENV RAILS_ENV=production
WORKDIR /app
COPY --from=files /packages /app/vendor/bundle
COPY --from=files /app /app
USER 10001:10001
CMD ["bundle","exec","ruby","app.rb"]
`,
  );
});

test('services of PHP, Java, .NET, Deno and Bun have the image, the environment and the packages of their runtime', () => {
  const built = (name: ImageName, start: string) => {
    const runtime = { name };
    const { build, run } = runtimeImages({ node: 'node:24-slim' }, runtime);
    const lines = dockerfileText(run, { start, volumes: [], isBuilt: true, runtime }).split('\n');
    return [
      build,
      ...lines.filter((line) => /^(FROM (?!.* AS files)|ENV|COPY --from=files .packages|CMD)/.test(line)),
    ];
  };
  assert.deepEqual(built('php', 'php -S $HOST:$PORT -t public'), [
    'composer:2',
    'FROM php:8.4-cli',
    'ENV NODE_ENV=production',
    'ENV COMPOSER_ALLOW_SUPERUSER=1',
    'ENV PHP_CLI_SERVER_WORKERS=4',
    'COPY --from=files /packages /app/vendor',
    'CMD ["/bin/sh","-c","php -S $HOST:$PORT -t public"]',
  ]);
  assert.deepEqual(built('java', 'java -jar service.jar'), [
    'maven:3-eclipse-temurin-21',
    'FROM eclipse-temurin:21-jre',
    'ENV NODE_ENV=production',
    'CMD ["java","-jar","service.jar"]',
  ]);
  assert.deepEqual(built('dotnet', 'ASPNETCORE_URLS=http://$HOST:$PORT dotnet out/shop.dll'), [
    'mcr.microsoft.com/dotnet/sdk:10.0',
    'FROM mcr.microsoft.com/dotnet/aspnet:10.0',
    'ENV NODE_ENV=production',
    'ENV DOTNET_CLI_TELEMETRY_OPTOUT=1',
    'ENV DOTNET_NOLOGO=1',
    'CMD ["/bin/sh","-c","ASPNETCORE_URLS=http://$HOST:$PORT dotnet out/shop.dll"]',
  ]);
  assert.deepEqual(built('deno', 'deno run --allow-all main.ts'), [
    'denoland/deno:2.9.6',
    'FROM denoland/deno:2.9.6',
    'ENV NODE_ENV=production',
    'ENV DENO_DIR=.deno',
    'ENV DENO_NO_UPDATE_CHECK=1',
    'COPY --from=files /packages /app/.deno',
    'CMD ["deno","run","--allow-all","main.ts"]',
  ]);
  assert.deepEqual(built('bun', 'bun src/index.ts'), [
    'oven/bun:1-slim',
    'FROM oven/bun:1-slim',
    'ENV NODE_ENV=production',
    'COPY --from=files /packages /app/node_modules',
    'CMD ["bun","src/index.ts"]',
  ]);
});
