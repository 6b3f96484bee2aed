import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'vitest';
import { readEnvironment } from './environment.ts';

/** Returns a function that writes the address of a webhook to a settings file and reads it. */
function webhookReader(t: TestContext) {
  const root = mkdtempSync(join(tmpdir(), 'railhead-environment-'));
  t.onTestFinished(() => rmSync(root, { recursive: true }));
  return (webhook: string) => {
    const config = {
      'railhead:stackFile': 'a.yaml',
      'railhead:target': 'process',
      'railhead:webhook': webhook,
    };
    writeFileSync(join(root, 'Pulumi.dev.yaml'), JSON.stringify({ config }));
    return readEnvironment('dev', root).webhook;
  };
}

test('an address of a webhook with a user name or a password is refused, and not shown', (t) => {
  const read = webhookReader(t);
  assert.equal(read('https://hooks.example/a'), 'https://hooks.example/a');
  for (const address of ['https://:canary@hooks.example', 'https://canary@hooks.example', 'canary']) {
    assert.throws(
      () => read(address),
      ({ message }: Error) => /without a user name or password/.test(message) && !message.includes('canary'),
    );
  }
});

test('an address of a webhook without https is one of this machine', (t) => {
  const read = webhookReader(t);
  for (const address of ['http://localhost:1/a', 'http://127.1.2.3/a', 'http://[::1]:1/a']) {
    assert.equal(read(address), address);
  }
  for (const host of ['hooks.example', '127.evil.example', 'localhost.evil.example', '[::2]']) {
    assert.throws(() => read(`http://${host}/a`), /with http on this machine/);
  }
});
