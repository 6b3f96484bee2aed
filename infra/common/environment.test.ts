import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'vitest';
import { readEnvironment } from './environment.ts';

test('an address of a webhook with a user name or a password is refused, and not shown', (t) => {
  const root = mkdtempSync(join(tmpdir(), 'railhead-environment-'));
  t.onTestFinished(() => rmSync(root, { recursive: true }));
  const read = (webhook: string) => {
    const config = {
      'railhead:stackFile': 'a.yaml',
      'railhead:target': 'process',
      'railhead:webhook': webhook,
    };
    writeFileSync(join(root, 'Pulumi.dev.yaml'), JSON.stringify({ config }));
    return readEnvironment('dev', root).webhook;
  };
  assert.equal(read('https://hooks.example/a'), 'https://hooks.example/a');
  for (const address of ['https://:canary@hooks.example', 'https://canary@hooks.example', 'canary']) {
    assert.throws(
      () => read(address),
      ({ message }: Error) => /without a user name or password/.test(message) && !message.includes('canary'),
    );
  }
});
