import assert from 'node:assert/strict';
import { test } from 'vitest';
import fc from 'fast-check';
import { formatCycle, sortByDependency } from './order.ts';
import { graphOf } from './scratch-graph.ts';

const edges = fc.array(fc.tuple(fc.nat(15), fc.nat(15)), { maxLength: 40 });

function toMap(pairs: (readonly [number, number])[]): Map<string, string[]> {
  const map = new Map(Array.from({ length: 16 }, (_, i): [string, string[]] => [`n${i}`, []]));
  for (const [from, to] of pairs) {
    map.get(`n${from}`)?.push(`n${to}`);
  }
  return map;
}

test('every node of an acyclic graph occurs once, after its dependencies', () => {
  fc.assert(
    fc.property(edges, (pairs) => {
      const map = toMap(
        pairs.flatMap(([a, b]) => (a === b ? [] : [[Math.max(a, b), Math.min(a, b)] as const])),
      );
      const { order, cycles } = sortByDependency(map);
      assert.deepEqual(cycles, []);
      assert.deepEqual(order.toSorted(), [...map.keys()].toSorted());
      for (const [node, dependencies] of map) {
        for (const dependency of dependencies) {
          assert.ok(order.indexOf(dependency) < order.indexOf(node));
        }
      }
    }),
  );
});

test('cycles are reported exactly if nodes cannot be ordered, and each follows existing edges', () => {
  fc.assert(
    fc.property(edges, (pairs) => {
      const map = toMap(pairs);
      const { order, cycles } = sortByDependency(map);
      assert.equal(cycles.length > 0, order.length < map.size);
      for (const cycle of cycles) {
        assert.equal(cycle.at(0), cycle.at(-1));
        assert.equal(new Set(cycle).size, cycle.length - 1);
        cycle.slice(1).forEach((to, i) => assert.ok(map.get(cycle[i] ?? '')?.includes(to)));
      }
    }),
  );
});

test('ties are sorted by name, independent of the order of the input', () => {
  const { order } = sortByDependency(
    new Map([
      ['web', ['api']],
      ['api', ['db']],
      ['worker', ['db']],
      ['db', []],
      ['cache', []],
    ]),
  );
  assert.deepEqual(order, ['cache', 'db', 'api', 'worker', 'web']);
});

test('a chain of 100,000 nodes neither overflows the stack nor takes long', () => {
  const names = Array.from({ length: 100_000 }, (_, i) => `n${i}`);
  const chain = new Map(names.map((name, i) => [name, i === 0 ? [] : [`n${i - 1}`]]));
  assert.deepEqual(sortByDependency(chain).order, names);
  chain.set('n0', ['n99999']);
  const [cycle = []] = sortByDependency(chain).cycles;
  assert.equal(cycle.length, 100_001);
  assert.ok(formatCycle(cycle).length < 150);
});

test('fuzz: services start after the services to which they connect', (t) => {
  const count = 8;
  const links = fc.array(fc.tuple(fc.nat(count - 1), fc.nat(count - 1)), { maxLength: 20 });
  fc.assert(
    fc.property(links, (pairs) => {
      const lines = Array.from({ length: count }, (_, i) => {
        const used = pairs.filter(([from, to]) => from === i && to < from);
        const own = used.map(([, to], n) => `V${n}: "\${{s${to}.URL}}"`).join(', ');
        return `  s${i}: { source: app, port: ${i + 1}, variables: { ${own} } }`;
      });
      const { services, edges } = graphOf(t, `name: x\nservices:\n${lines.join('\n')}\n`);
      const order = services.map(({ name }) => name);
      assert.equal(order.length, count);
      for (const { from, to } of edges) {
        assert.ok(order.indexOf(to) < order.indexOf(from));
      }
    }),
    { numRuns: 50 },
  );
});
