import assert from 'node:assert/strict';
import { test } from 'vitest';
import { describeArgo } from './preflight.ts';

const wanted = ['rollouts', 'analysistemplates'];
const serves = (...names: string[]) => JSON.stringify({ resources: names.map((name) => ({ name })) });
const controllers = (...ready: number[]) => ({
  list: JSON.stringify({ items: ready.map((readyReplicas) => ({ status: { readyReplicas } })) }),
});

test('a cluster without the kinds of Argo Rollouts is refused with the command that installs it', () => {
  const none = describeArgo(wanted, undefined, controllers());
  assert.match(none.found, /does not serve rollouts\.argoproj\.io and analysistemplates\.argoproj\.io/);
  assert.match(none.mend ?? '', /^helm upgrade --install argo-rollouts /);
  const other = describeArgo(wanted, serves('applications', 'analysistemplates'), controllers(1));
  assert.match(other.found, /does not serve rollouts\.argoproj\.io,/);
});

test('a controller must run, unless this user cannot see it', () => {
  const all = serves('rollouts', 'rollouts/status', 'analysistemplates', 'analysisruns');
  assert.match(describeArgo(wanted, all, controllers()).found, /^no controller runs/);
  assert.match(describeArgo(wanted, all, controllers(0)).mend ?? '', /^kubectl get pods /);
  assert.equal(describeArgo(wanted, all, controllers(0, 1)).mend, undefined);
  const unseen = describeArgo(wanted, all, { problem: 'forbidden' });
  assert.deepEqual(unseen, { name: 'Argo Rollouts', found: 'its controller was not checked: forbidden' });
});
