/** Small systems as other platforms describe them, with code that runs: the files of each. */

const server = (body: string) => `import { createServer } from 'node:http';
createServer(async ({ url }, response) => {
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(await (${body})(url)));
}).listen(Number(process.env.PORT), process.env.HOST);
`;

const railwayToml = (program: string, deploy: string) =>
  `[build]\nbuilder = "DOCKERFILE"\ndockerfilePath = "./Dockerfile"\n\n[deploy]\nstartCommand = "node dist/${program}.js"\n${deploy}`;

/** One service of a monorepo that is built by a Dockerfile. */
function app(folder: string, program: string, deploy: string, code: string): Record<string, string> {
  return {
    [`apps/${folder}/railway.toml`]: railwayToml(program, deploy),
    [`apps/${folder}/Dockerfile`]: `FROM node:24-slim\nCMD ["node", "dist/${program}.js"]\n`,
    [`apps/${folder}/package.json`]: JSON.stringify({ name: folder, type: 'module' }),
    [`apps/${folder}/src/${program}.ts`]: code,
  };
}

/** Three railway.toml: an API with replicas, a worker, and a job with a schedule. */
export const railwayMonorepo = {
  ...app(
    'api',
    'main',
    'healthcheckPath = "/health"\nhealthcheckTimeout = 60\nnumReplicas = 3\n\n[deploy.resources]\nmemory = "1Gi"\ncpu = "1"\n',
    server('(url: string) => ({ url, replica: process.env.RAILWAY_REPLICA_ID })'),
  ),
  ...app(
    'worker',
    'worker',
    'numReplicas = 2\n\n[deploy.resources]\nmemory = "512Mi"\ncpu = "0.5"\n',
    `console.log('worker ready');\nsetInterval(() => {}, 60_000);\n`,
  ),
  ...app(
    'scheduler',
    'scheduler',
    'cronSchedule = "0 0 31 12 *"\nnumReplicas = 1\n',
    `console.log('scheduler ran');\n`,
  ),
};

const frontend = {
  build: {
    provider: 'node',
    steps: {
      install: {
        commands: [
          'corepack enable',
          'corepack prepare yarn@stable --activate',
          'yarn install --frozen-lockfile',
        ],
      },
      build: { commands: ['yarn build'] },
    },
  },
  deploy: { startCommand: 'yarn start', healthCheckPath: '/api/health', inputs: [{ step: 'build' }] },
};

/** A build backend without requirements, so that nothing is downloaded. */
const backend = `import base64, hashlib, os, zipfile

def build_editable(wheel_directory, config_settings=None, metadata_directory=None):
    info = 'core-1.0.dist-info'
    files = {
        'core.pth': os.getcwd(),
        f'{info}/METADATA': 'Metadata-Version: 2.1\\nName: core\\nVersion: 1.0\\n',
        f'{info}/WHEEL': 'Wheel-Version: 1.0\\nGenerator: own\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n',
    }
    digest = lambda text: base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b'=').decode()
    files[f'{info}/RECORD'] = ''.join(f'{name},sha256={digest(text)},{len(text)}\\n' for name, text in files.items())
    with zipfile.ZipFile(os.path.join(wheel_directory, 'core-1.0-py3-none-any.whl'), 'w') as wheel:
        for name, text in files.items():
            wheel.writestr(name, text)
    return 'core-1.0-py3-none-any.whl'
`;

const runServer = `import json, os
from http.server import BaseHTTPRequestHandler, HTTPServer

class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        body = json.dumps({'path': self.path, 'language': 'python'}).encode()
        self.send_response(200)
        self.send_header('content-length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)

HTTPServer((os.environ['HOST'], int(os.environ['PORT'])), Handler).serve_forever()
`;

/** railpack.json of the repository, and one of the frontend: a backend in Python, and a site that Yarn builds. */
export const railpackMonorepo = {
  'railpack.json': JSON.stringify(
    {
      $schema: 'https://schema.railpack.com',
      version: '1',
      metadata: { name: 'coder' },
      services: {
        backend: {
          root: './',
          build: {
            provider: 'python',
            packages: { python: '3.12' },
            steps: {
              install: {
                commands: ['pip install -r requirements.txt', 'cd packages/core && pip install -e .'],
              },
            },
            secrets: ['RAILWAY_ENVIRONMENT', 'PYTHONPATH'],
          },
          deploy: {
            startCommand: 'python run_server.py',
            healthCheckPath: '/health',
            healthCheckTimeout: 300,
            inputs: [{ step: 'install' }],
          },
        },
        frontend: {
          root: './packages/web',
          ...frontend,
          deploy: {
            ...frontend.deploy,
            environment: { NEXT_PUBLIC_API_URL: 'https://${{backend.RAILWAY_PUBLIC_DOMAIN}}' },
          },
        },
      },
    },
    undefined,
    2,
  ),
  'packages/web/railpack.json': JSON.stringify(
    { metadata: { name: 'coder-web' }, ...frontend },
    undefined,
    2,
  ),
  'requirements.txt': '',
  'run_server.py': runServer,
  'packages/core/pyproject.toml':
    '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n',
  'packages/core/backend.py': backend,
  'packages/web/package.json': JSON.stringify({
    ...{ name: 'web', version: '1.0.0', type: 'module' },
    scripts: { build: 'node build.js', start: 'node server.js' },
  }),
  'packages/web/yarn.lock': '# yarn lockfile v1\n\n\n',
  'packages/web/build.js':
    "import { writeFileSync } from 'node:fs';\nwriteFileSync('page.json', JSON.stringify({ built: true, api: process.env.NEXT_PUBLIC_API_URL }));\n",
  'packages/web/server.js': `import { readFileSync } from 'node:fs';\n${server(
    "() => JSON.parse(readFileSync('page.json', 'utf8'))",
  )}`,
};

const compose = `version: '3.8'

services:
  postgres:
    image: postgres:15-alpine
    ports: ["5432:5432"]
    environment:
      POSTGRES_USER: harness
      POSTGRES_PASSWORD: dev_password
      POSTGRES_DB: harness_hero
    volumes: ["postgres_data:/var/lib/postgresql/data"]

  redis:
    image: redis:7-alpine
    ports: ["6379:6379"]
    volumes: ["redis_data:/data"]

  backend:
    build: ./services/backend
    ports: ["4000:4000"]
    environment:
      DATABASE_URL: postgresql://harness:dev_password@postgres:5432/harness_hero
      REDIS_URL: redis://redis:6379
      PORT: 4000
      BUILDER_SERVICE_URL: http://builder-service:4002
    depends_on: [postgres, redis]
    volumes: ["./services/backend:/app", /app/node_modules]

  builder-service:
    build: ./services/builder-service
    ports: ["4002:4002"]
    environment:
      DATABASE_URL: postgresql://harness:dev_password@postgres:5432/harness_hero
      REDIS_URL: redis://redis:6379
      PORT: 4002
    depends_on: [postgres, redis]
    deploy: { replicas: 2 }
    volumes: ["./services/builder-service:/app", /app/node_modules]

  web:
    build: ./apps/web
    ports: ["3000:3000"]
    environment:
      NEXT_PUBLIC_API_URL: http://backend:4000
      NEXT_PUBLIC_APP_URL: http://localhost:3000
    depends_on: [backend, builder-service]
    volumes: ["./apps/web:/app", /app/node_modules, /app/.next]

volumes:
  postgres_data:
  redis_data:
`;

/** Whether something accepts connections at the address of a URL. */
const reaches = `import { connect } from 'node:net';
const reaches = (url) => new Promise((resolve) => {
  const { hostname: host, port } = new URL(url);
  const socket = connect({ host, port: Number(port) }, () => resolve(socket.destroy() && true)).on('error', () => resolve(false));
});
const data = async () => [await reaches(process.env.DATABASE_URL), await reaches(process.env.REDIS_URL)];
`;

const container = (folder: string, code: string): Record<string, string> => ({
  [`${folder}/Dockerfile`]: 'FROM node:24\nCMD ["node", "server.js"]\n',
  [`${folder}/package.json`]: '{ "type": "module", "scripts": { "start": "node server.js" } }',
  [`${folder}/server.js`]: code,
});

/** A Compose file: Postgres, Redis, a backend, a service with two replicas, and a site. */
export const composeSystem = {
  'docker-compose.microservices.yml': compose,
  ...container(
    'services/backend',
    `${reaches}${server('async () => ({ data: await data(), builder: await (await fetch(process.env.BUILDER_SERVICE_URL)).json() })')}`,
  ),
  ...container('services/builder-service', `${reaches}${server('async () => ({ data: await data() })')}`),
  ...container(
    'apps/web',
    server('async () => ({ page: await (await fetch(process.env.NEXT_PUBLIC_API_URL)).json() })'),
  ),
};
