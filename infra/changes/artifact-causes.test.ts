import assert from 'node:assert/strict';
import { test } from 'vitest';
import { artifactCauses } from './artifact-causes.ts';
import { migrationChanges } from './migrations.ts';
import { sidesOf } from './testing.ts';
import type { Snapshot } from './snapshot.ts';

const side = {
  text: 'name: shop\nservices:\n  api: { source: services/api, preDeploy: migrate }\n',
  inputs: { api: { release: 'releases/dev.yaml' } },
};
const sides = sidesOf(side, side);

/** Returns a snapshot with another content of the same inputs. */
function withContent({ services, ...snapshot }: Snapshot, pinned?: string): Snapshot {
  const { artifact, ...api } = services['api']!;
  return { ...snapshot, services: { api: { ...api, artifact: { ...artifact!, hash: 'ab', pinned } } } };
}

test('another content of the same inputs is a change of the release, and runs preDeploy', () => {
  const before = withContent(sides.before, `sha256:${'1'.repeat(64)}`);
  const after = withContent(sides.after, `sha256:${'2'.repeat(64)}`);
  const cause = { kind: 'release', file: 'releases/dev.yaml', before: `ab-${'1'.repeat(16)}` };
  const changed = { ...sides, before, after };
  assert.deepEqual(artifactCauses(changed, 'api'), [{ ...cause, after: `ab-${'2'.repeat(16)}` }]);
  assert.deepEqual(migrationChanges(changed, 'api')?.command, ['migrate']);
  const same = { ...sides, before, after: before };
  assert.deepEqual(artifactCauses(same, 'api'), []);
  assert.equal(migrationChanges(same, 'api'), undefined);
  const built = withContent(sides.before);
  assert.deepEqual(artifactCauses({ ...changed, before: built }, 'api'), [
    { ...cause, before: 'ab', after: `ab-${'2'.repeat(16)}` },
  ]);
});
