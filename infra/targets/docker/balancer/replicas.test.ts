import assert from 'node:assert/strict';
import { test } from 'vitest';
import { eventually } from '../../../../tools/testing/eventually.ts';
import { Changes } from '../../../balancer/changes.ts';
import { startServer } from '../../../balancer/testing/silent.ts';
import { watchReplicas } from './replicas.ts';

const host = '127.0.0.1';

test("a replica that ends is not in use any more, also while Docker's DNS does not answer", async (t) => {
  const { port, fallSilent } = await startServer(t);
  const answers: Promise<string[] | undefined>[] = [Promise.resolve([host])];
  const unanswered = new Promise<undefined>(() => {});
  const resolve = () => answers.shift() ?? unanswered;
  const reasons: unknown[] = [];
  const log = (_: string, { check }: { check?: string }) => reasons.push(check);
  const replicas = watchReplicas({ name: 'replicas', port, health: undefined }, new Changes(), log, resolve);
  await eventually(() => replicas.ready().length === 1);
  await fallSilent();
  await eventually(() => replicas.ready().length === 0);
  assert.deepEqual(reasons.at(-1), `connection to ${host}:${port}: no answer within 2 s`);
});

test("replicas stay in use if Docker's DNS fails, and leave if it does not list them any more", async (t) => {
  const { port } = await startServer(t);
  let listed: string[] | undefined = [host];
  let asked = 0;
  const resolve = () => Promise.resolve((asked++, listed));
  const replicas = watchReplicas(
    { name: 'replicas', port, health: undefined },
    new Changes(),
    () => {},
    resolve,
  );
  await eventually(() => replicas.ready().length === 1);
  listed = undefined;
  const before = asked;
  await eventually(() => asked > before + 2);
  assert.equal(replicas.ready().length, 1);
  listed = [];
  await eventually(() => replicas.ready().length === 0);
});
