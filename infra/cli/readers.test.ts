import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'vitest';
import fc from 'fast-check';
import { pendingCreates, restoreCheckpoint } from '../delivery/checkpoint.ts';
import { localState } from '../delivery/local-state.ts';
import { removeDeadLocks } from '../delivery/lock.ts';
import { temporaryFolder } from '../delivery/testing.ts';
import { readSettingsFile } from '../common/environment.ts';
import { UserError } from '../../tools/user-error.ts';
import { listFailed } from '../supervisor/failed.ts';
import { isSpecIntact, readServing, readSpec, readStatus } from '../supervisor/files.ts';
import { listWorkloads } from '../supervisor/workloads.ts';
import { chosenStack } from './chosen-stack.ts';
import { requirePassphrase } from './engine-environment.ts';
import { canaryOf } from '../targets/process/canaries.ts';
import { formatStatus } from './status-table.ts';
import { workloadOf } from './testing.ts';

/** Generates corrupted JSON: `whole` with one value replaced, `whole` truncated, or arbitrary text. */
function spoilt(whole: object): fc.Arbitrary<string> {
  const text = JSON.stringify(whole);
  const places = placesIn(whole);
  const replaced = fc.tuple(fc.constantFrom(...places), fc.jsonValue()).map(([place, value]) => {
    const copy = JSON.parse(text) as object;
    setAt(copy, place, value);
    return JSON.stringify(copy);
  });
  return fc.oneof(
    replaced,
    fc.nat(text.length).map((length) => text.slice(0, length)),
    fc.json(),
    fc.string({ unit: 'binary' }),
  );
}

function placesIn(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return path.length === 0 ? [] : [path];
  const inside = Object.entries(value).flatMap(([key, entry]) => placesIn(entry, [...path, key]));
  return path.length === 0 ? inside : [path, ...inside];
}

function setAt(target: object, [key = '', ...rest]: string[], value: unknown): void {
  const map = target as Record<string, unknown>;
  if (rest.length === 0) map[key] = value;
  else setAt(map[key] as object, rest, value);
}

/** Runs `read` and ignores UserErrors; every other error fails the test. */
function tolerates(read: () => unknown): void {
  try {
    read();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
  }
}

const status = {
  supervisor: { pid: process.pid, startTime: '1', startedAt: '2026-01-01T00:00:00Z' },
  request: '1',
  deploymentId: '1',
  state: 'ready',
  replicas: [
    { id: 'api-1', pid: 1, startTime: '1', state: 'ready', restarts: 0, startedAt: '2026-01-01T00:00:00Z' },
  ],
  failure: { reason: 'no', log: ['line'] },
  cron: {
    next: '2026-01-01T00:00:00Z',
    last: { at: '2026-01-01T00:00:00Z', exitCode: 1, seconds: 2 },
    running: false,
  },
  canary: { weight: 10, since: 0, canary: {}, stable: {} },
};

test('an address is never wrapped at 80 columns, and is a URL if the terminal is wider', (t) => {
  const { spec } = workloadOf(temporaryFolder(t), 'scheduler', {
    listen: { host: '127.162.129.101', port: 3001, mode: 'own' },
    health: { path: '/health', ready: '/ready' },
    artifact: '0123456789abcdef',
  });
  const narrow = formatStatus([], [{ name: 'scheduler', spec, failure: { reason: 'no', log: [] } }], 80);
  assert.match(narrow, / 127\.162\.129\.101:3001  01234567 /);
  const wide = formatStatus([], [{ name: 'scheduler', spec, failure: { reason: 'no', log: [] } }], 100);
  assert.match(wide, / http:\/\/127\.162\.129\.101:3001  0123456789ab /);
});

test('fuzz: status tolerates any content of the files of a workload', (t) => {
  const services = temporaryFolder(t);
  const folder = join(services, 'api');
  mkdirSync(folder);
  writeFileSync(join(services, 'a file'), '');
  const { spec } = workloadOf(services, 'api', {
    listen: { host: '127.0.0.1', port: 1, mode: 'own' },
    artifact: 'a',
    canary: { steps: [10], analysis: { errors: 1, for: 1, minRequests: 1 } },
  });
  const whole = { ...spec, request: '1' };
  const text = { spec: JSON.stringify(whole), status: JSON.stringify(status) };
  const look = () => {
    for (const read of [readSpec, readStatus, readServing, isSpecIntact]) read(folder);
    const workloads = listWorkloads(services);
    formatStatus(workloads, listFailed(services), 80);
    // Formats the status as for a live supervisor.
    const found = readStatus(folder);
    formatStatus(
      workloads.map((workload) => ({ ...workload, ...(found && { status: found }) })),
      [],
      80,
    );
    for (const workload of workloads) canaryOf({ ...workload, ...(found && { status: found }) });
  };
  fc.assert(
    fc.property(spoilt(whole), spoilt(status), fc.boolean(), (badSpec, badStatus, isSpec) => {
      writeFileSync(join(folder, 'spec.json'), isSpec ? badSpec : text.spec);
      writeFileSync(join(folder, 'status.json'), isSpec ? text.status : badStatus);
      writeFileSync(join(folder, 'serving.json'), JSON.stringify({ spec: badSpec, replicas: badStatus }));
      writeFileSync(join(folder, 'failed.json'), badStatus);
      look();
    }),
    { numRuns: 400 },
  );
  rmSync(join(folder, 'spec.json'));
  mkdirSync(join(folder, 'spec.json'));
  look();
});

test('fuzz: recovery succeeds or throws a UserError for any content of the state and its locks', (t) => {
  const root = temporaryFolder(t);
  const state = localState({ backend: `file://${root}`, project: 'railhead' }, 'dev');
  assert.ok(state);
  for (const folder of [dirname(state.checkpoint), state.backups, state.locks])
    mkdirSync(folder, { recursive: true });
  const urn = 'urn:pulumi:dev::railhead::railhead:process:Service::api';
  const latest = { resources: [{ urn }], pending_operations: [{ type: 'creating', resource: { urn } }] };
  const checkpoint = { version: 3, checkpoint: { stack: 'organization/railhead/dev', latest } };
  const lock = { pid: 1, username: 'ada', hostname: 'here', timestamp: '2026-01-01T00:00:00Z' };
  fc.assert(
    fc.property(spoilt(checkpoint), spoilt(lock), (badState, badLock) => {
      writeFileSync(state.checkpoint, badState);
      writeFileSync(`${state.checkpoint}.bak`, badState);
      writeFileSync(join(state.locks, '1.json'), badLock);
      tolerates(() => restoreCheckpoint(state));
      tolerates(() => pendingCreates(state));
      tolerates(() => removeDeadLocks(state.locks));
    }),
    { numRuns: 300 },
  );
});

test('fuzz: reading settings succeeds or throws a UserError for any content of the files of an environment', (t) => {
  const root = temporaryFolder(t);
  const file = join(root, 'Pulumi.other.yaml');
  const selected = join(root, '.railhead/pulumi/workspaces/railhead-1-workspace.json');
  mkdirSync(dirname(selected), { recursive: true });
  writeFileSync(join(root, 'Pulumi.yaml'), 'name: railhead\n');
  const yaml = fc.oneof(
    spoilt({
      config: { 'railhead:stackFile': 'x', 'railhead:target': 'process' },
      secretsprovider: 'default',
    }),
    fc.constantFrom('a: *b', 'a: [', '\t', '&a [*a]', '!!binary x', '%YAML 9', '? x', '<<: 1', '\u0000'),
  );
  fc.assert(
    fc.property(yaml, spoilt({ stack: 'dev', stacks: { 'file://x': 'dev' } }), (text, workspace) => {
      writeFileSync(file, text);
      writeFileSync(selected, workspace);
      tolerates(() => readSettingsFile(file));
      tolerates(() => requirePassphrase(root, 'other', {}));
      chosenStack(root, ['preview'], {});
    }),
    { numRuns: 400 },
  );
});
