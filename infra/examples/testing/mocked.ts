/**
 * Runs the Pulumi program `main.ts` of the current folder without an engine. Prints one line of JSON for each resource that the
 * program makes: its type, its name and its inputs.
 *
 * `node infra/examples/testing/mocked.ts <environment> <config as JSON>`
 */
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { runtime } from '@pulumi/pulumi';

const [, , environment = '', config = '{}'] = process.argv;
runtime.setAllConfig(JSON.parse(config) as Record<string, string>);
await runtime.setMocks(
  {
    newResource: ({ type, name, inputs }) => {
      if (type !== 'pulumi:pulumi:Stack')
        console.log(JSON.stringify({ type, name, inputs: inputs as Record<string, unknown> }));
      // The key of fingerprints.
      const outputs = type === 'railhead:generated:Password' ? { password: 'generated' } : {};
      return { id: `id of ${name}`, state: { ...(inputs as Record<string, unknown>), ...outputs } };
    },
    // The program reads the state, which is empty.
    call: () => ({ outputs: {} }),
  },
  'examples',
  environment,
  false,
);
await runtime.runInPulumiStack(() => import(pathToFileURL(join(process.cwd(), 'main.ts')).href));
