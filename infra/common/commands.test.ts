import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'vitest';
import ts from 'typescript';
import { wrongCommand } from '../cli/testing-commands.ts';
import * as commands from './commands.ts';
import { packageRoot } from './roots.ts';

const files = globSync(['{infra,tools}/**/*.{ts,mjs}'], { cwd: packageRoot })
  .filter((file) => !/\.test\.ts$|testing|^infra\/commands\.ts$/.test(file))
  .map((file) => ({ file, text: readFileSync(join(packageRoot, file), 'utf8') }));

/**
 * Returns every call of a function of commands.ts, as `file:line` and the command that it builds. Calls with a spread are left out: how
 * many words it has is known only at run time.
 */
function commandsInMessages(): [string, string][] {
  return files.flatMap(({ file, text }) => {
    const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
    return callsIn(source).map((call): [string, string] => {
      const { line } = source.getLineAndCharacterOfPosition(call.getStart());
      return [`${file}:${line + 1}`, evaluate(call)];
    });
  });
}

function callsIn(node: ts.Node): ts.CallExpression[] {
  const own =
    ts.isCallExpression(node) &&
    node.expression.getText() in commands &&
    !node.arguments.some(ts.isSpreadElement)
      ? [node]
      : [];
  return [...own, ...node.getChildren().flatMap(callsIn)];
}

/** Evaluates a call, with a placeholder for each argument that is known only at run time. */
function evaluate(call: ts.CallExpression): string {
  const args = call.arguments.map((argument) => {
    if (ts.isStringLiteral(argument)) return argument.text;
    if (argument.getText() === 'undefined') return undefined;
    if (argument.getText().startsWith('String(')) return '1';
    return /command|verb|own|wanted|script/.test(argument.getText()) ? 'up' : 'word';
  });
  const make = commands[call.expression.getText() as keyof typeof commands] as (
    ...words: unknown[]
  ) => string;
  return make(...args);
}

test('every command in a message can be run unchanged', async () => {
  const found = commandsInMessages();
  assert.ok(found.length >= 20, `${found.length} found`);
  for (const [place, command] of found) {
    assert.deepEqual([place, command, await wrongCommand(command)], [place, command, undefined]);
  }
});

test('messages build every command with these functions, which add the environment', () => {
  const spelled = files.flatMap(({ file, text }) => {
    const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
    return textsIn(source)
      .filter((literal) => /npx .*railhead \w|npm run (up|down|pulumi)\b/.test(literal))
      .map((literal) => `${file}: ${literal}`);
  });
  assert.deepEqual(spelled, []);
});

function textsIn(node: ts.Node): string[] {
  const own = ts.isStringLiteralLike(node) || ts.isTemplateExpression(node) ? [node.getText()] : [];
  return own.length > 0 ? own : node.getChildren().flatMap(textsIn);
}

test('problems of a command are found', async () => {
  for (const command of [
    'npx --no -- railhead statsu -s dev',
    'npx --no -- railhead logs api --folow',
    'npx --no -- railhead run -s dev',
    'npm run down -- -s',
    'npm run pulumi -- cancle -s dev',
    'npm run pulumi -- cancel --yess -s dev',
  ])
    assert.notEqual(await wrongCommand(command), undefined, command);
});

test('a shell parses the quoted words correctly', () => {
  assert.equal(
    commands.railheadCommand('dev', 'jobs', '--retry', "it's 1"),
    "npx --no -- railhead jobs --retry 'it'\\''s 1' -s dev",
  );
});
