import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test, type TestContext } from 'vitest';
import { policyFindingSchema } from '../changes/model.ts';
import { UserError } from '../../tools/user-error.ts';
import { loadStack } from '../stack/load.ts';
import { problemsOf, scratch } from '../stack/scratch.ts';
import { chooseTarget } from '../targets/index.ts';
import { buildGraph } from '../graph/graph.ts';
import { checkPolicy, placedFindings, stageOf, type PolicyCheck } from './check.ts';
import { plan } from './testing/planned.ts';

const target = await chooseTarget({ name: 'test', target: 'docker' });

/** Two services without a health check. */
const stack = (policy: object) => ({
  name: 'shop',
  services: Object.fromEntries(
    ['a', 'b'].map((name, port) => [
      name,
      {
        image: `acme/${name}@sha256:${'0'.repeat(64)}`,
        port: 80 + port,
        resources: { cpu: 1, memory: '64Mi' },
      },
    ]),
  ),
  policy,
});

const waiver = { rule: 'health', reason: 'It is idle.', until: '2026-12-31' };

async function check(
  t: TestContext,
  policy: object,
  others: Partial<PolicyCheck> = {},
): Promise<PolicyCheck> {
  return { ...(await plan(scratch(t, {}), stack(policy), target)), ...others };
}

test('findings have the rule, the service and the place in the stack file, in the order of their places', async (t) => {
  const planned = await check(t, { stage: 'staging' });
  const findings = await placedFindings(planned);
  assert.deepEqual(
    findings.map(({ rule, service, level, place }) => [rule, service, level, place.line, place.column]),
    [
      ['health', 'a', 'error', 3, 3],
      ['health', 'b', 'error', 9, 3],
    ],
  );
  for (const finding of await checkPolicy(planned)) policyFindingSchema.parse(finding);
});

test('the stage decides: that of the stack file, else that of the machine', async (t) => {
  const levels = async (policy: object, ownMachine: boolean) => {
    const findings = await checkPolicy(await check(t, policy, { environment: { name: 'any', ownMachine } }));
    return findings.map(({ level }) => level);
  };
  assert.deepEqual(await levels({}, true), []);
  assert.deepEqual(await levels({}, false), ['error', 'error']);
  assert.deepEqual(await levels({ stage: 'development' }, false), []);
  assert.deepEqual(await levels({ stage: 'staging' }, true), ['error', 'error']);
  assert.equal(stageOf((await check(t, { stage: 'production' })).stack, { ownMachine: true }), 'production');
});

test('what is advice in development is an error elsewhere', async (t) => {
  const planned = async (stage: string) => {
    const services = { a: { image: 'acme/a:latest', resources: { cpu: 1, memory: '64Mi' } } };
    return plan(scratch(t, {}), { ...stack({ stage }), services }, target);
  };
  const levels = async (stage: string) => (await checkPolicy(await planned(stage))).map(({ level }) => level);
  assert.deepEqual(await levels('development'), ['advice']);
  assert.deepEqual(await levels('staging'), ['error']);
});

test('a waiver accepts the findings of its rule and service until the end of its last day', async (t) => {
  const found = async (waivers: object[], today: string) => {
    const findings = await checkPolicy(await check(t, { stage: 'staging', waivers }, { today }));
    return findings.map(({ rule, service, level, message, waiver }) => ({
      rule,
      service,
      level,
      message,
      waiver,
    }));
  };
  const [first, second] = await found([{ ...waiver, service: 'a' }], '2026-12-31');
  assert.equal(first!.level, 'waived');
  assert.deepEqual(first!.waiver, { reason: 'It is idle.', until: '2026-12-31' });
  assert.equal(second!.level, 'error');

  const after = await found([{ ...waiver, service: 'a' }], '2027-01-01');
  assert.deepEqual(
    after.map(({ level }) => level),
    ['error', 'error'],
  );
  assert.match(after[0]!.message, /\(its waiver ended on 2026-12-31\)$/);
  assert.doesNotMatch(after[1]!.message, /waiver/);

  const all = await found([waiver], '2026-12-31');
  assert.deepEqual(
    all.map(({ level }) => level),
    ['waived', 'waived'],
  );
  // The waiver that ends last counts.
  const both = await found([{ ...waiver, until: '2026-01-01' }, waiver], '2026-12-31');
  assert.deepEqual(
    both.map(({ level }) => level),
    ['waived', 'waived'],
  );
});

test('a waiver that matches nothing is advice at its place; one of a rule that the stage does not check is not', async (t) => {
  const waivers = [
    waiver,
    { ...waiver, service: 'c' },
    { ...waiver, rule: 'limits' },
    { ...waiver, rule: 'helth' },
    { ...waiver, rule: 'replicas' },
  ];
  const findings = await placedFindings(await check(t, { stage: 'staging', waivers }));
  assert.deepEqual(
    findings
      .filter(({ rule }) => rule === 'waivers')
      .map(({ level, place, message }) => `${place.line} ${level} ${message}`),
    [
      '21 advice matches no finding of health in c: remove it',
      '25 advice matches no finding of limits: remove it',
      '28 advice there is no rule "helth"; did you mean "health"?',
    ],
  );
});

test('mistakes in the block are reported at their places', (t) => {
  const text = `name: x
services: { a: { image: acme/a } }
policy:
  stage: prod
  rules: ../rules
  waivers:
    - { rule: limits, reason: "", until: 2027-02-30 }
    - { rule: limits, until: soon }
`;
  const folder = scratch(t, { 'stack.yaml': text });
  const problems = problemsOf(folder, () => buildGraph(loadStack(join(folder, 'stack.yaml')), 'any'));
  assert.deepEqual(
    problems.map((line) => line.replace(/^stack\.yaml:/, '')),
    [
      '4:10  policy.stage: "prod" is not one of development, staging, production',
      '5:10  policy.rules: "../rules" is not a folder inside the repository, such as services/api',
      '7:31  policy.waivers.0.reason: "" is not a reason',
      '7:42  policy.waivers.0.until: "2027-02-30" must be a day of the calendar',
      '8:7  policy.waivers.1.reason: is missing: a reason',
      '8:30  policy.waivers.1.until: "soon" is not a date, such as 2027-06-30',
    ],
  );
});

test('a folder without rules is an error at its place', async (t) => {
  const planned = await check(t, { rules: 'policies' });
  await assert.rejects(checkPolicy(planned), (error) => {
    assert.ok(error instanceof UserError);
    assert.match(error.message, /stack\.yaml:\d+:\d+ {2}policy\.rules: "policies" contains no rules/);
    return true;
  });
});
