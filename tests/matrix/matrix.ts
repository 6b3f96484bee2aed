import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, test } from 'vitest';
import {
  createSystem,
  environment,
  type SystemOptions,
  type TestSystem,
} from '../../infra/targets/testing/system.ts';
import { eventually } from '../../tools/testing/eventually.ts';
import { railhead } from '../railhead.ts';
import { answersOf, ask, expectedAnswers, otherAnswers } from './clients.ts';
import { writeWish, type Changes, type Wish } from './stack.ts';
import type { Step } from './steps.ts';
import { unless } from '../../tools/testing/unless.ts';

/** What comes after a failed `up`. */
export type Next = 'revert' | 'retry' | 'change' | 'down';
export const everyNext: Next[] = ['revert', 'retry', 'change', 'down'];

/** How the matrix reaches what a target has made. */
export interface MatrixTarget extends SystemOptions {
  /** Reason why this target cannot be tried here; undefined where it can. */
  skip: string | undefined;
  /** What the stack file says from the beginning. */
  changes?: Changes;
  cells: { step: Step; next: Next[] }[];
  url(system: TestSystem, wish: Wish): Promise<string>;
  /** What runs, or stands there, and should not, or not that often: a line each. */
  wrong(system: TestSystem): Promise<string[]>;
  /** What still runs after `down`. */
  left(system: TestSystem): Promise<string[]>;
  /** Removes what `down` keeps. */
  clean?(): unknown;
}

/** Whatever step of `up` has failed, the next run gets out of it by itself: with the old files, the same or others. */
export function describeMatrix(name: string, target: MatrixTarget): void {
  unless(target.skip).describe(`a failed up on ${name}`, () => {
    let system: TestSystem;
    let wish: Wish = { api: 1, web: 1, changes: target.changes ?? {} };
    let isSettled = false;
    const kept: string[] = [];
    const url = (of: Wish) => target.url(system, of);
    const up = async () => {
      await target.prepare?.(system);
      return railhead(system, 'up').ended;
    };
    const upKilled = async (isMoment: NonNullable<Step['killedWhen']>) => {
      await target.prepare?.(system);
      const { ended, isRunning } = railhead(system, 'up');
      while (isRunning() && !(await isMoment(system))) await sleep(20);
      for (const pid of lockHolders(system)) process.kill(pid, 'SIGKILL');
      return ended;
    };
    const serves = async (of: Wish) =>
      eventually(async () => {
        assert.deepEqual(await answersOf(await url(of)), expectedAnswers(of));
        return true;
      });
    const reach = async (of: Wish) => {
      wish = of;
      writeWish(name, system, of);
      const { code, output } = await up();
      assert.equal(code, 0, output);
      await serves(of);
    };
    /** The old version serves while the new one fails, and afterwards, and the message says why. */
    const fail = async (step: Step) => {
      const { killedWhen } = step;
      const run = killedWhen === undefined ? up : () => upKilled(killedWhen);
      const { result, others } = await otherAnswers(await url(wish), wish, run);
      assert.notEqual(result.code, 0, result.output);
      for (const text of step.says) assert.match(result.output, text);
      assert.deepEqual(others, [], result.output);
      await serves(wish);
    };

    const follow = async (step: Step, coming: Wish, next: Next) => {
      const old = wish;
      switch (next) {
        case 'revert':
          return reach(old);
        case 'retry':
          await step.repair(system, await url(old));
          if (!step.isRefused) return reach(coming);
          await fail(step);
          return reach(old);
        case 'change':
          return reach({ ...old, api: coming.api + 1 });
        case 'down': {
          const { code, output } = await railhead(system, 'down').ended;
          assert.equal(code, 0, output);
          await eventually(async () => {
            assert.deepEqual(await target.left(system), []);
            return true;
          });
          await reach(old);
        }
      }
    };
    const keep = async (value: string) => {
      await ask(await url(wish), `/api/keep?value=${encodeURIComponent(value)}`);
      kept.push(value);
    };

    beforeAll(async () => {
      system = await createSystem(name, target);
    });
    afterAll(async () => {
      await system.close();
      await target.clean?.();
    });

    for (const { step, next } of target.cells) {
      for (const then of next) {
        test(`${step.name} fails, then ${then}`, async (t) => {
          // What an earlier cell has left is told there.
          if (!isSettled) await reach(wish);
          isSettled = false;
          const old = wish;
          const coming = step.next(old);
          await keep(`${step.name} ${then}`);
          const repair = async () => step.repair(system, await url(wish));
          t.onTestFinished(async () => void (await repair()));
          await step.break(system, coming, await url(old));
          writeWish(name, system, coming);
          await fail(step);
          await follow(step, coming, then);
          await repair();
          const preview = await system.pulumi('preview', '--expect-no-changes');
          assert.equal(preview.code, 0, preview.output);
          await eventually(async () => {
            assert.deepEqual(await target.wrong(system), []);
            return true;
          });
          const found = JSON.parse(await ask(await url(wish), '/api/kept')) as string[];
          assert.deepEqual(found.toSorted(), kept.toSorted());
          isSettled = true;
        });
      }
    }
  });
}

/** The Pulumi CLI that changes the stack. */
function lockHolders({ root }: TestSystem): number[] {
  const folder = join(root, '.railhead/state/.pulumi/locks/organization/railhead', environment);
  return globSync(join(folder, '*.json')).map(
    (file) => (JSON.parse(readFileSync(file, 'utf8')) as { pid: number }).pid,
  );
}
