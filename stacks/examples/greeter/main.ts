import { createServer } from 'node:http';

const { GREETING, HINT, HOST, PORT, RAILWAY_SERVICE_NAME, RAILWAY_REPLICA_ID } = process.env;

const server = createServer((request, response) => {
  response.setHeader('content-type', 'text/plain; charset=utf-8');
  response.end(
    request.url === '/health'
      ? 'ok\n'
      : `${GREETING} from ${RAILWAY_SERVICE_NAME} (${RAILWAY_REPLICA_ID}); ${HINT}\n`,
  );
});
server.listen(Number(PORT), HOST);
process.once('SIGTERM', () => server.close());
