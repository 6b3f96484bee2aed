import type * as z from 'zod';
import { counterpartOf } from './counterparts.ts';
import type { Finding } from './finding.ts';
import { serviceName, toServiceName } from './names.ts';
import { nearest, suggest } from './nearest.ts';
import { serviceForm } from './service.ts';
import { toValue, treeAt, type Path, type Tree } from './tree.ts';

type Issue = z.core.$ZodIssue;

/**
 * Converts zod issues to findings that quote the value. The schema's messages continue the sentence: the message of a
 * `refine` as "must …", every other message as the expected form after "is not".
 */
export function describeIssues(issues: readonly Issue[], tree: Tree, above: Path = []): Finding[] {
  return issues.flatMap((issue) => {
    const path = [...above, ...issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step))];
    return issue.code === 'invalid_union' ? describeUnion(issue, path, tree) : describe(issue, path, tree);
  });
}

/** Returns the issues of the union member that the value most likely should match. */
function describeUnion(issue: z.core.$ZodIssueInvalidUnion, path: Path, tree: Tree): Finding[] {
  const found = treeAt(tree, path);
  const value = found && toValue(found);
  if (typeof value !== 'object' || value === null) {
    return describe(issue, path, tree);
  }
  if (path.length === 2 && path[0] === 'services') {
    const form = serviceForm(value);
    return typeof form === 'number'
      ? describeIssues(issue.errors[form] ?? [], tree, path)
      : [{ path: [...path, ...form.path], message: form.message }];
  }
  // The member that accepts the type of the value and has issues only inside it.
  const meant = issue.errors.find(
    (inner) => !inner.some(({ code, path }) => code === 'invalid_type' && path.length === 0),
  );
  return meant === undefined ? describe(issue, path, tree) : describeIssues(meant, tree, path);
}

function describe(issue: Issue, path: Path, tree: Tree): Finding[] {
  if (issue.code === 'unrecognized_keys') {
    const known = issue.message.split(', ');
    return issue.keys.map((key) => {
      const counterpart = counterpartOf(key, known);
      const next = counterpart === undefined ? suggest(key, known) : `write ${counterpart}`;
      return { path: [...path, key], ofKey: true, message: `unknown key ${JSON.stringify(key)}; ${next}` };
    });
  }
  if (issue.code === 'invalid_key') {
    const inner = issue.issues[0];
    const verb = inner?.code === 'custom' ? '' : 'is not ';
    const name = String(path.at(-1));
    const message = `${JSON.stringify(name)} ${verb}${inner?.message}${validSpelling(path, name)}`;
    return [{ path, ofKey: true, message }];
  }
  const value = treeAt(tree, path);
  if (value === undefined) {
    return [{ path, message: issue.code === 'custom' ? issue.message : `is missing: ${issue.message}` }];
  }
  if (issue.code === 'custom') {
    return [{ path, message: `${quote(value, path)} ${issue.message}` }];
  }
  const isEmpty = value.kind === 'scalar' ? value.value === null : issue.code === 'too_small';
  if (isEmpty) {
    return [{ path, message: `is empty: expected ${issue.message}` }];
  }
  return [{ path, message: `${quote(value, path)} is not ${issue.message}${nearChoice(issue, value)}` }];
}

/** Returns the name that a service with capital letters, spaces or underscores can have. References to it stay as they are. */
function validSpelling([first, , ...below]: Path, name: string): string {
  const valid = toServiceName(name);
  const isService = first === 'services' && below.length === 0;
  if (!isService || valid === name || !serviceName.safeParse(valid).success) return '';
  return `; write ${JSON.stringify(valid)}, which \${{${name}.…}} refers to as well`;
}

function nearChoice(issue: Issue, value: Tree): string {
  if (issue.code !== 'invalid_value' || value.kind !== 'scalar') {
    return '';
  }
  const match = nearest(value.text, issue.values.map(String));
  return match === undefined ? '' : `; did you mean ${JSON.stringify(match)}?`;
}

/** Formats a value for a message: short, on one line, and without passwords that the user wrote in plain text. */
function quote(tree: Tree, path: Path): string {
  if (path.at(-1) === 'password') {
    return 'the value';
  }
  if (tree.kind !== 'scalar') {
    return tree.kind === 'list' ? 'a list' : 'a map';
  }
  const text = typeof tree.value === 'string' ? JSON.stringify(withoutPassword(tree.value)) : tree.text;
  return text.length > 80 ? `${text.slice(0, 76)}…"` : text;
}

/** Masks the user and password of a URL, which users may write in the wrong field. */
function withoutPassword(text: string): string {
  return text.replace(/:\/\/[^\s/@]*@/g, '://…@');
}
