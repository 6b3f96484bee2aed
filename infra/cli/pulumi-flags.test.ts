import assert from 'node:assert/strict';
import { test } from 'vitest';
import { findEngine } from '../../tools/engine/engine.ts';
import { packageRoot } from '../common/roots.ts';
import { parseHelp } from './pulumi-flags.ts';
import { railhead } from './testing.ts';
import { unless } from '../../tools/testing/unless.ts';

const lack = (await findEngine(packageRoot)) ? undefined : 'the Pulumi CLI is not installed';

unless(lack).test(
  'a flag that neither railhead nor Pulumi has is reported before anything runs',
  async () => {
    const wrong: [string, ...string[]][] = [
      ["Unknown option '--targte'. Did you mean --target?", 'up', '--targte', 'x'],
      ["Unknown option '--dat'. Did you mean --data?", 'down', '--dat'],
      ["Option '-t, --target <value>' argument missing.", 'down', '--target'],
      ['Too many arguments. Expected 0 arguments but got 1: api.', 'up', 'api'],
      [
        'Too many arguments. Expected 0 arguments but got 1: api.',
        'up',
        '--refresh=true',
        '--diff=false',
        'api',
      ],
    ];
    for (const [problem, command = '', ...flags] of wrong) {
      const { code, output, errors } = await railhead(packageRoot, command, ...flags);
      // The policy may have built artifacts before.
      const lines = errors.split('\n').filter((line) => !line.startsWith('Building '));
      assert.deepEqual([code, output, lines[0]], [1, '', problem]);
      assert.match(
        errors,
        new RegExp(`\nNext: npx --no -- railhead ${command} --help, or npm run pulumi -- \\w+ --help\n$`),
      );
    }
  },
);

test('parseHelp distinguishes switches from flags with a value', () => {
  const text = `
Usage:
  pulumi up [template|url] [flags]

Flags:
      --attach-debugger stringArray[=program]   Enable --this
  -c, --config stringArray                      Config to use
      --diff                                    Display
      --tracing file:                           Emit
  -r, --refresh string[="true"]                 Refresh
`;
  assert.deepEqual(
    parseHelp(text, ['--refresh=false']).map(({ flags }) => flags),
    ['--attach-debugger', '-c, --config <value>', '--diff', '--tracing <value>', '-r, --refresh [value]'],
  );
});
