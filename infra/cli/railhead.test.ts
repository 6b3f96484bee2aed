import assert from 'node:assert/strict';
import { test } from 'vitest';
import { packageRoot } from '../common/roots.ts';
import { buildProgram, commandNames } from './program.ts';
import { railhead } from './testing.ts';

const ask = (...args: string[]) => railhead(packageRoot, ...args);

test('help lists every command and fits in 80 columns', async () => {
  for (const args of [['--help'], ['-h'], ['help'], []]) {
    const { code, output } = await ask(...args);
    assert.equal(code, 0);
    for (const name of commandNames) assert.match(output, new RegExp(`^ {2}${name} .*`, 'm'));
    assert.ok(output.split('\n').every((line) => line.length <= 80));
  }
});

test('every command has help, and every form of the help request prints the same', async () => {
  const { commands } = await buildProgram();
  assert.deepEqual(
    commands.map((command) => command.name()),
    commandNames,
  );
  for (const command of commands) {
    assert.match(command.helpInformation(), new RegExp(`^Usage: railhead ${command.name()}\\b`));
  }
  const graph = await ask('help', 'graph');
  assert.deepEqual(await ask('graph', '--help'), graph);
  assert.deepEqual([graph.code, graph.errors], [0, '']);
  assert.match((await ask('graph', '-s', 'dev', '-h')).output, /^Usage: railhead graph \[options\] \[file\]/);
});

test('the version is that of package.json', async () => {
  for (const flag of ['--version', '-v']) assert.match((await ask(flag)).output, /^\d+\.\d+\.\d+\n$/);
});

test('the error for wrong arguments is one line, followed by the help command', async () => {
  const wrong: [string, ...string[]][] = [
    ["Unknown option '-x'.", 'status', '-x'],
    ["Unknown option '--folow'. Did you mean --follow?", 'logs', '--folow'],
    ["Unknown option '--stakc'. Did you mean --stack?", 'status', '--stakc', 'dev'],
    ["Too many arguments for 'status'. Expected 0 arguments but got 1: api.", 'status', 'api'],
    ["Missing required argument 'service'.", 'run'],
    ["Option '-s, --stack <env>' argument missing.", 'down', '-s'],
    ["Option '-s, --stack <env>' argument '--data' is invalid. It needs a value.", 'down', '-s', '--data'],
    ["Option '-s, --stack <env>' argument '' is invalid. It needs a value.", 'up', '--stack='],
    [
      "Option '-s, --stack <env>' argument 'prod' is invalid. It was given before, as \"dev\".",
      ...['down', '-s', 'dev', '--stack', 'prod'],
    ],
    [
      "Option '-s, --stack <env>' argument 'prod' is invalid. It was given before, as \"dev\".",
      ...['-s', 'dev', 'down', '-s', 'prod'],
    ],
    [
      "Option '--out <folder>' argument '--gateway' is invalid. It needs a value.",
      'render',
      '--out',
      '--gateway',
    ],
    ["Option '--gateway' cannot be used with option '--out <folder>'.", 'render', '--gateway', '--out', 'x'],
    [
      "Option '-n, --lines <count>' argument '-1' is invalid. It must be a number of lines.",
      'logs',
      '-n',
      '-1',
    ],
  ];
  for (const [problem, ...args] of wrong) {
    const { code, output, errors } = await ask(...args);
    const [command = ''] = args.filter((word) => commandNames.some((name) => name === word));
    assert.deepEqual(
      [code, output, errors],
      [1, '', `${problem}\nNext: npx --no -- railhead ${command} --help\n`],
    );
  }
  const slip = await ask('statsu');
  assert.deepEqual(
    slip.errors,
    "Unknown command 'statsu'. Did you mean status?\nNext: npx --no -- railhead --help\n",
  );
});

test('-s is accepted before the command', async () => {
  const errors = async (...args: string[]) => (await ask(...args)).errors;
  const expected = await errors('status', '-s', 'nope');
  assert.match(expected, /^There is no environment "nope"/);
  for (const args of [
    ['-s', 'nope', 'status'],
    ['--stack=nope', 'status'],
    ['status', '-snope'],
    ['status', '-s=nope'],
  ])
    assert.equal(await errors(...args), expected);
  assert.match(await errors('-s', 'dev', 'pulumi', 'version'), /^-s goes behind the command/);
});
