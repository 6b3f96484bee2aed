import assert from 'node:assert/strict';
import { createSystem, fail, lacksEngine } from '../targets/testing/system.ts';
import { unless } from '../../tools/testing/unless.ts';

unless(await lacksEngine()).test(
  '`up` names the place of the options with which a data server did not start',
  async (t) => {
    const system = await createSystem('process');
    t.onTestFinished(() => system.close());
    system.write(
      'stacks/test.yaml',
      'name: shop\nservices:\n  cache: { type: redis, settings: { no-such-option: 1 } }\n',
    );
    const output = await fail(system.railhead('up'), /cache-1 ended with exit code 1, restarts: 1\.\n/);
    assert.match(output, /no-such-option/);
    assert.match(
      output,
      /^stacks\/test\.yaml:3:25 {2}services\.cache\.settings: the server did not start with these options: no-such-option$/m,
    );
  },
);
