import type {
  BinaryExpression,
  CallExpression,
  Expression,
  Identifier,
  MemberExpression,
  Node,
  ObjectExpression,
} from 'acorn';
import { treeAt, type MapTree, type Scalar, type Tree } from '../../../stack/tree.ts';
import { textOf } from '../../read.ts';
import { emptyMap, numberOf, put, scalar, unknown, type Data, type Evaluation } from './data.ts';
import type { Code } from './parse-code.ts';
import { calleeOf, isCall, scopeOf } from './scope.ts';

/** Where each kind of resource is in the tree. */
const kinds = new Map([
  ['service', 'services'],
  ['volume', 'volumes'],
  ['bucket', 's3'],
  ['postgres', 'postgres'],
  ['redis', 'redis'],
  ['mysql', 'mysql'],
  ['mongo', 'mongodb'],
]);

/** Returns the literal data of a program. Nothing is run. */
export function evaluate({ program, placeOf }: Code, file: string): Data {
  const scope = scopeOf(program);
  const tree: MapTree = { kind: 'map', place: { file, line: 1, column: 1 }, entries: new Map() };
  const data: Evaluation = {
    ...{ tree, computed: new Set(), scope, placeOf, names: new Map(), values: new Map(), open: new Set() },
  };
  for (const [name, node] of scope.constants) {
    if (isCall(node) && kindOf(node) !== undefined) valueOf(node, data);
    else if (scope.exported.includes(name)) put(tree, name, node, valueOf(node, data), data);
  }
  if (scope.result !== undefined) put(tree, 'project', scope.result, valueOf(scope.result, data), data);
  const [first] = scope.other;
  if (first !== undefined) {
    const items = scope.other.map((node) => unknown(node, data));
    put(tree, 'code', first, { kind: 'list', place: placeOf(first), items }, data);
  }
  return { tree, computed: data.computed };
}

type Evaluators = {
  [Type in Expression['type']]?: (node: Extract<Expression, { type: Type }>, data: Evaluation) => Tree;
};

/** Returns the value of an expression, or a leaf that stands for it if it is not literal. */
function valueOf(node: Node, data: Evaluation): Tree {
  const all = evaluators as Partial<Record<string, (node: Node, data: Evaluation) => Tree>>;
  return all[node.type]?.(node, data) ?? unknown(node, data);
}

const evaluators: Evaluators = {
  Literal: (node, data) => {
    const { value } = node;
    const isScalar = value === null || ['string', 'number', 'boolean'].includes(typeof value);
    return isScalar ? scalar(node, value as Scalar, data) : unknown(node, data);
  },
  TemplateLiteral: (node, data) => {
    const texts = node.expressions.map((part) => textOf(valueOf(part, data)));
    const parts = node.quasis.map(({ value }, index) => `${value.cooked ?? ''}${texts[index] ?? ''}`);
    return texts.includes(undefined) ? unknown(node, data) : scalar(node, parts.join(''), data);
  },
  UnaryExpression: (node, data) => {
    const value = numberOf(valueOf(node.argument, data));
    const isNumber = node.operator === '-' && value !== undefined;
    return isNumber ? scalar(node, -value, data) : unknown(node, data);
  },
  BinaryExpression: calculate,
  ArrayExpression: (node, data) => {
    const items = node.elements.flatMap((item) => {
      if (item === null) return [];
      const value = valueOf(item.type === 'SpreadElement' ? item.argument : item, data);
      return item.type === 'SpreadElement' && value.kind === 'list' ? value.items : [value];
    });
    return { kind: 'list', place: data.placeOf(node), items };
  },
  ObjectExpression: objectOf,
  Identifier: constantOf,
  MemberExpression: memberOf,
  CallExpression: callOf,
};

function calculate(node: BinaryExpression, data: Evaluation): Tree {
  const [left, right] = [valueOf(node.left, data), valueOf(node.right, data)];
  const [one, other] = [numberOf(left), numberOf(right)];
  if (one !== undefined && other !== undefined) {
    const results: Record<string, number> = {
      '+': one + other,
      '-': one - other,
      '*': one * other,
      '/': one / other,
    };
    const result = results[node.operator];
    return result === undefined ? unknown(node, data) : scalar(node, result, data);
  }
  const [start, end] = [textOf(left), textOf(right)];
  const isText = node.operator === '+' && start !== undefined && end !== undefined;
  return isText ? scalar(node, `${start}${end}`, data) : unknown(node, data);
}

function objectOf(node: ObjectExpression, data: Evaluation): Tree {
  const map = emptyMap(node, data);
  for (const property of node.properties) {
    if (property.type === 'SpreadElement') {
      const value = valueOf(property.argument, data);
      if (value.kind === 'map') for (const [key, entry] of value.entries) map.entries.set(key, entry);
      else put(map, '...', property, unknown(property, data), data);
      continue;
    }
    const { key, computed, value } = property;
    const isName = key.type === 'Identifier' && !computed;
    const name = isName ? key.name : textOf(valueOf(key, data));
    if (name === undefined) put(map, '[]', property, unknown(property, data), data);
    else put(map, name, property, valueOf(value, data), data);
  }
  return map;
}

function constantOf(node: Identifier, data: Evaluation): Tree {
  const constant = data.scope.constants.get(node.name);
  if (constant === undefined || data.open.has(constant)) return unknown(node, data);
  data.open.add(constant);
  const value = data.values.get(constant) ?? valueOf(constant, data);
  data.values.set(constant, value);
  data.open.delete(constant);
  const resource = data.names.get(constant);
  return resource === undefined ? value : scalar(node, resource, data);
}

/** `db.env.URL` is a reference, `ctx.shared.NAME` one to a shared variable, and `limits.memory` a part of a constant. */
function memberOf(node: MemberExpression, data: Evaluation): Tree {
  const { object, property, computed } = node;
  const isName = property.type === 'Identifier' && !computed;
  const name = isName ? property.name : textOf(valueOf(property, data));
  if (name === undefined) return unknown(node, data);
  if (object.type === 'MemberExpression' && object.property.type === 'Identifier') {
    const owner = object.object;
    const isContext = owner.type === 'Identifier' && owner.name === data.scope.context;
    if (isContext && object.property.name === 'shared') return scalar(node, `\${{shared.${name}}}`, data);
    const resource = owner.type === 'Identifier' ? resourceOf(owner.name, data) : undefined;
    if (resource !== undefined && object.property.name === 'env')
      return scalar(node, `\${{${resource}.${name}}}`, data);
  }
  return treeAt(valueOf(object, data), [name]) ?? unknown(node, data);
}

function resourceOf(constant: string, data: Evaluation): string | undefined {
  const node = data.scope.constants.get(constant);
  if (node === undefined || !isCall(node) || kindOf(node) === undefined) return undefined;
  valueOf(node, data);
  return data.names.get(node);
}

const kindOf = (node: CallExpression) => kinds.get(calleeOf(node) ?? '');

/** The keys under which the first argument of a function of Railway's package stands. */
const firstArguments = new Map([
  ['project', 'name'],
  ['group', 'group'],
  ['github', 'github'],
  ['image', 'image'],
]);

function callOf(node: CallExpression, data: Evaluation): Tree {
  const callee = calleeOf(node);
  const kind = kindOf(node);
  if (kind !== undefined) return addResource(node, kind, data);
  if (callee === 'preserve' || isRandom(node, data)) {
    const map = emptyMap(node, data);
    put(map, 'secret', node, scalar(node, true, data), data);
    return map;
  }
  const first = firstArguments.get(callee ?? '');
  const [argument, options] = node.arguments;
  if (first === undefined || argument === undefined) return unknown(node, data);
  const rest = options && valueOf(options, data);
  const map = emptyMap(node, data);
  put(map, first, argument, valueOf(argument, data), data);
  if (rest?.kind === 'map') for (const [key, entry] of rest.entries) map.entries.set(key, entry);
  else if (rest !== undefined && options) put(map, 'resources', options, rest, data);
  return map;
}

/** `ctx.randomString('name', 32)` makes a value that is kept. */
function isRandom({ callee }: CallExpression, { scope }: Evaluation): boolean {
  if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return false;
  const isContext = callee.object.type === 'Identifier' && callee.object.name === scope.context;
  return isContext && callee.property.name.startsWith('random');
}

/** Adds a resource to the tree once, and returns its name. */
function addResource(node: CallExpression, kind: string, data: Evaluation): Tree {
  const [first, options] = node.arguments;
  const name = first && textOf(valueOf(first, data));
  if (name === undefined) return unknown(node, data);
  if (!data.names.has(node)) {
    data.names.set(node, name);
    const all = data.tree.entries.get(kind)?.value ?? emptyMap(node, data);
    put(data.tree, kind, node, all, data);
    if (all.kind === 'map')
      put(all, name, node, options ? valueOf(options, data) : emptyMap(node, data), data);
  }
  return scalar(node, name, data);
}
