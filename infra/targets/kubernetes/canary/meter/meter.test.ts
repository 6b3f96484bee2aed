import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'vitest';
import { reservePort } from '../../../../supervisor/ports.ts';
import { meterEnvironment, versionVariable } from './environment.ts';
import type { Metered } from './metered.ts';

test('a meter is reached at all addresses of its pod, also those of IPv6', async (t) => {
  const reserved = await Promise.all([reservePort('127.0.0.1'), reservePort('127.0.0.1')]);
  const [listen = 0, figures = 0] = reserved.map(({ port }) => port);
  // Its own figures are the service.
  const environment = meterEnvironment({ service: figures, listen, figures });
  const meter = spawn(process.execPath, [join(import.meta.dirname, 'main.ts')], {
    env: { ...process.env, ...environment, [versionVariable]: 'new' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  t.onTestFinished(() => {
    meter.kill();
    for (const { release } of reserved) release();
  });
  for await (const line of createInterface(meter.stdout)) if (line.includes('"ready"')) break;
  const own = Object.values(networkInterfaces()).flatMap((addresses = []) => addresses);
  const loopback = own.filter(({ internal }) => internal);
  assert.ok(loopback.length > 0);
  for (const { address, family } of loopback) {
    const host = family === 'IPv6' ? `[${address}]` : address;
    for (const port of [figures, listen]) {
      const told = (await (await fetch(`http://${host}:${port}/one`)).json()) as Metered;
      assert.equal(told.version, 'new');
    }
  }
});
