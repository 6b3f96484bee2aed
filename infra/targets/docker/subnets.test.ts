import assert from 'node:assert/strict';
import { test } from 'vitest';
import fc from 'fast-check';
import { allocateSubnets } from './subnets.ts';

const names = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,8}$/), { minLength: 1, maxLength: 80 });
const networks = names.chain((all) =>
  fc.tuple(...all.map((name) => fc.integer({ min: 1, max: 100 }).map((members) => ({ name, members })))),
);

test('subnets never overlap, are large enough for their members, and are aligned to their size', () => {
  fc.assert(
    fc.property(networks, (wanted) => {
      const subnets = allocateSubnets('rota-docker', wanted);
      const ranges = wanted.map(({ name, members }) => ({ ...rangeOf(subnets.get(name)!), members }));
      for (const { start, size, members } of ranges) {
        assert.ok(size >= members + 3);
        assert.equal(start % size, 0);
      }
      ranges.sort((one, other) => one.start - other.start);
      ranges.slice(1).forEach(({ start }, index) => {
        const before = ranges[index]!;
        assert.ok(before.start + before.size <= start);
      });
    }),
  );
});

test('sixty edges fit, and a further edge changes none of their subnets', () => {
  const edges = Array.from({ length: 60 }, (_, index) => ({ name: `edge-${index}`, members: 9 }));
  const subnets = allocateSubnets('rota-docker', edges);
  const more = allocateSubnets('rota-docker', [...edges, { name: 'one-more', members: 9 }]);
  for (const [name, subnet] of subnets) assert.equal(more.get(name), subnet);
});

test('two environments of a stack have different addresses', () => {
  const of = (environment: string) =>
    allocateSubnets(environment, [{ name: 'web.api', members: 4 }]).get('web.api')!;
  assert.notEqual(of('rota-docker').split('.')[1], of('rota-staging').split('.')[1]);
});

function rangeOf(subnet: string): { start: number; size: number } {
  const [address = '', bits = ''] = subnet.split('/');
  const start = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  return { start, size: 2 ** (32 - Number(bits)) };
}
