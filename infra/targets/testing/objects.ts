import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '../../../tools/testing/eventually.ts';
import { packageRoot } from '../../common/roots.ts';
import { succeed, type TestSystem } from './system.ts';

/** How a target runs the client, and how the test reaches both services. */
interface Objects {
  system: TestSystem;
  /** The fields of the client that say what it runs. */
  client: object;
  /** Sends a request to the client. Returns the body of its answer. */
  ask: (method: string, path: string) => Promise<string>;
  /** Restarts the S3 server without Pulumi. */
  restart: () => Promise<unknown>;
}

/** A service that passes each request on to the bucket, and needs `AwsClient`. */
const program = `
const { S3_ENDPOINT, S3_BUCKET, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION, HOST, PORT } = process.env;
const client = new AwsClient({
  ...{ accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY, region: AWS_REGION },
  ...{ service: 's3', retries: 0 },
});
createServer(async (request, response) => {
  if (request.url === '/health') return response.end();
  const { method, url } = request;
  try {
    const answer = await client.fetch(S3_ENDPOINT + '/' + S3_BUCKET + url, { method, ...(method === 'PUT' && { body: 'kept' }) });
    response.end(answer.status + ' ' + (await answer.text()));
  } catch (error) {
    response.end(String(error));
  }
}).listen(Number(PORT), HOST);
`;

/** The client as a module of a source folder. */
export const clientModule = `import { createServer } from 'node:http';\nimport { AwsClient } from 'aws4fetch';\n${program}`;

/** Writes the client as a program of one file. Returns the fields of a service that runs it on an image with Node. */
export function imageClient(system: TestSystem, image: string): object {
  const library = readFileSync(join(packageRoot, 'node_modules/aws4fetch/dist/aws4fetch.umd.js'), 'utf8');
  const imports = "const { AwsClient } = exports;\nconst { createServer } = require('node:http');\n";
  system.write('client.cjs', `${library}\n${imports}${program}`);
  const path = '/etc/client/main.cjs';
  return { image, start: `node ${path}`, files: [{ path, source: 'client.cjs' }] };
}

export const clientPort = 4301;

/**
 * Checks that a service reads and writes objects through the provided variables, and that they survive a restart and an
 * update.
 */
export async function keepsObjects({ system, client, ask, restart }: Objects): Promise<void> {
  const write = (buckets: string[]) =>
    system.write('stacks/test.yaml', {
      name: 'objects',
      policy: { stage: 'development' },
      services: {
        files: { type: 's3', buckets },
        client: {
          ...client,
          port: clientPort,
          health: { path: '/health', timeout: '2m' },
          variables: Object.fromEntries(
            ['S3_ENDPOINT', 'S3_BUCKET', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_REGION'].map(
              (name) => [name, `\${{files.${name}}}`],
            ),
          ),
        },
      },
    });
  write(['uploads']);
  await succeed(system.up());
  assert.equal(await ask('PUT', '/a'), '200 ');
  assert.equal(await ask('GET', '/a'), '200 kept');
  await restart();
  await eventually(async () => (await ask('GET', '/a')) === '200 kept');
  write(['uploads', 'letters']);
  await succeed(system.up());
  await eventually(async () => (await ask('GET', '/a')) === '200 kept');
}
