import assert from 'node:assert/strict';
import { test } from 'vitest';
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
