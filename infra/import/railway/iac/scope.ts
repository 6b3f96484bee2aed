import type {
  ArrowFunctionExpression,
  CallExpression,
  Expression,
  FunctionExpression,
  Node,
  Program,
  VariableDeclaration,
} from 'acorn';

/** What a program defines: constants by name, and the statements that are more than data. */
export interface Scope {
  constants: Map<string, Expression>;
  /** Names of exported constants. */
  exported: string[];
  /** What `defineRailway` returns, or the value that the file exports. */
  result: Expression | undefined;
  /** Name of the parameter of `defineRailway`. */
  context: string | undefined;
  other: Node[];
}

/** Returns what a program and the function in its `defineRailway` define. Nothing is run. */
export function scopeOf({ body }: Program): Scope {
  const scope: Scope = {
    constants: new Map(),
    exported: [],
    result: undefined,
    context: undefined,
    other: [],
  };
  for (const node of body) addStatement(node, scope);
  return scope;
}

type Statement = Program['body'][number];

function addStatement(node: Statement, scope: Scope): void {
  if (node.type === 'VariableDeclaration') addConstants(node, scope);
  else if (node.type === 'ExportNamedDeclaration' && node.declaration?.type === 'VariableDeclaration')
    scope.exported.push(...addConstants(node.declaration, scope));
  else if (node.type === 'ExportDefaultDeclaration') addDefinition(node.declaration as Expression, scope);
  else if (node.type === 'ReturnStatement') scope.result ??= node.argument ?? undefined;
  else if (!harmless.has(node.type)) scope.other.push(node);
}

/** A call of a function is reported where it is. */
const harmless = new Set([
  'ImportDeclaration',
  'EmptyStatement',
  'FunctionDeclaration',
  'ExportNamedDeclaration',
]);

/** Adds the constants of a declaration, and returns their names. */
function addConstants({ kind, declarations }: VariableDeclaration, scope: Scope): string[] {
  return declarations.flatMap(({ id, init }) => {
    if (kind !== 'const' || id.type !== 'Identifier' || !init) {
      scope.other.push(id);
      return [];
    }
    scope.constants.set(id.name, init);
    return [id.name];
  });
}

/** Enters the function of `defineRailway(() => …)`. */
function addDefinition(node: Expression, scope: Scope): void {
  const [first] = isCall(node) ? node.arguments : [];
  const inner = isCall(node) && calleeOf(node) === 'defineRailway' ? first : node;
  const found = inner?.type === 'Identifier' ? (scope.constants.get(inner.name) ?? inner) : inner;
  if (found === undefined || !isFunction(found)) {
    scope.result = found as Expression | undefined;
    return;
  }
  const [parameter] = found.params;
  scope.context = parameter?.type === 'Identifier' ? parameter.name : undefined;
  if (found.body.type !== 'BlockStatement') scope.result = found.body;
  else for (const node of found.body.body) addStatement(node, scope);
}

function isFunction(node: Node): node is ArrowFunctionExpression | FunctionExpression {
  return node.type === 'ArrowFunctionExpression' || node.type === 'FunctionExpression';
}

export function isCall(node: Node): node is CallExpression {
  return node.type === 'CallExpression';
}

/** Returns the name of a function that is called by its name; undefined for a method. */
export function calleeOf({ callee }: CallExpression): string | undefined {
  return callee.type === 'Identifier' ? callee.name : undefined;
}
