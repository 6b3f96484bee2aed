import type { Proposal } from './types.ts';

/** The service of a repository in which nothing was found that can run. */
export const helloService: Proposal = {
  name: 'hello',
  source: 'services/hello',
  port: 3000,
  health: '/health',
  hasDockerfile: false,
  reasons: ['made by init, because no service was found'],
  advice: [],
};

export const helloProgram = `import { createServer } from 'node:http';

const port = Number(process.env.PORT ?? 3000);
const host = process.env.HOST;

const server = createServer((request, response) => {
  const isHealth = request.url === '/health';
  response.setHeader('content-type', 'text/plain; charset=utf-8');
  response.end(isHealth ? 'ok\\n' : 'Hello from services/hello/main.ts\\n');
});

server.listen(port, host, () => console.log(\`Listening on \${port}\`));

// Railhead stops a service with SIGTERM: open requests end first.
process.on('SIGTERM', () => server.close());
`;
