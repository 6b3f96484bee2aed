import assert from 'node:assert/strict';
import { test } from 'vitest';
import { alternativesOf, RuleProblem } from './traefik-rule.ts';

const rules: [rule: string, ...expected: object[]][] = [
  ['Host(`App.example.com`)', { host: 'app.example.com' }],
  ['Host(`a.example`, `b.example`)', { host: 'a.example' }, { host: 'b.example' }],
  [
    'Host("a.example") && (PathPrefix(`/b/`) || Path(`/c`))',
    { host: 'a.example', path: '/b/*' },
    { host: 'a.example', path: '/c' },
  ],
  [
    'Host(`a.example`)||Host(`b.example`)&&PathPrefix(`/`)',
    { host: 'a.example' },
    { host: 'b.example', path: '/*' },
  ],
  ['HostRegexp(`^.+\\.example\\.com$`)', { host: '*.example.com' }],
  ['HostRegexp(`{sub:[a-z]+}.example.com`)', { host: '*.example.com' }],
];

for (const [rule, ...expected] of rules)
  test(`the rule ${rule} has its routes`, () => assert.deepEqual(alternativesOf(rule), expected));

const refused: [rule: string, problem: RegExp][] = [
  ['Host(`a`) && !PathPrefix(`/b`)', /does not exclude/],
  ['Host(`a`) && Headers(`X`, `y`)', /not by Headers/],
  ['Host(`a`) && Host(`b`)', /one host/],
  ['HostRegexp(`^(a|b)\\.example$`)', /a host is one/],
  ['(Host(`a`)', /not closed/],
  ['Host(`a`', /not closed/],
  ['Host(`a`) Host(`b`)', /cannot be read at Host/],
  ['Host:a.example', /cannot be read/],
  ['', /cannot be read/],
];

for (const [rule, problem] of refused)
  test(`the rule ${JSON.stringify(rule)} is reported`, () => {
    assert.throws(
      () => alternativesOf(rule),
      (error: Error) => error instanceof RuleProblem && problem.test(error.message),
    );
  });
