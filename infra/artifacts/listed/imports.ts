/** What a module imports. */
export interface Imports {
  /** Specifiers of imports and of `require`, without types: `./greet.ts`, `pg`. */
  specifiers: string[];
  /** Whether a part of the path of a relative import is known only when the program runs. */
  computed: boolean;
}

/** Between `import(` and the specifier, comments can be this long. */
const maxGap = 200;

/** Matches what begins or ends a declaration, and comments in it. */
const token = /(?<![\w$.])(?:import|export|require|from)\b|['"`;()=]|\/[*/]/g;

/** Matches lines that are a comment as a whole, or inside of a documentation comment. */
const comment =
  /^[ \t]*(?:\/\/.*|\/\*[^*\n]*\*+(?:[^/*\n][^*\n]*\*+)*\/[ \t]*|\*(?!\/|\s*(?:from|as)\b).*)$/gm;

/** `import type x from 'y'` has no effect at runtime; `import type from 'y'` does. */
const typesOnly = /\s+type\s(?!\s*from\b)/y;
const stop = /^['"`;()=]$/;
const parenthesis = /\s*\(/y;
const gap = /^(?:\s|\/\/[^\n]*\n|\/\*[^*]*\*+(?:[^/*][^*]*\*+)*\/)*/;
const quoted = /'([^'\n]+)'|"([^"\n]+)"|`([^`\n]+)`/y;

/**
 * Finds the imports of JavaScript or TypeScript without parsing it. A text that only looks like an import counts too: the list
 * of inputs is then longer than that of a real build, but never shorter. Anybody can write the text, so the time is
 * proportional to its length: the search visits each token once, and no part of the text is read again for another token.
 */
export function scanImports(text: string): Imports {
  const code = text.replace(comment, '');
  const lastComment = code.lastIndexOf('*/');
  const specifiers = new Set<string>();
  let computed = false;
  // Whether the text is inside of a declaration such as `import x from 'y'`, and where its specifier can follow.
  let isOpen = false;
  let ready: number | undefined;
  const isReadyAt = (index: number) => ready !== undefined && code.slice(ready, index).trim() === '';
  token.lastIndex = 0;
  for (let found = token.exec(code); found !== null; found = token.exec(code)) {
    const { 0: word, index } = found;
    const end = index + word.length;
    if (word === 'import' || word === 'require') {
      const call = argumentOf(code, end);
      if (call?.specifier !== undefined) specifiers.add(call.specifier);
      computed ||= call?.computed ?? false;
    }
    if (word === 'import' || word === 'export') isOpen = matchAt(typesOnly, code, end) === undefined;
    if (word === 'import' || word === 'export' || word === 'from') {
      ready = end;
    } else if (isOpen && (word === '//' || (word === '/*' && end <= lastComment))) {
      const close = word === '//' ? code.indexOf('\n', end) : code.indexOf('*/', end) + 2;
      token.lastIndex = close === -1 ? code.length : close;
      ready = isReadyAt(index) ? token.lastIndex : undefined;
    } else if (stop.test(word)) {
      const [whole, single, double] = (isOpen && isReadyAt(index) && matchAt(quoted, code, index)) || [];
      const specifier = single ?? double;
      if (specifier !== undefined) specifiers.add(specifier);
      token.lastIndex = index + (specifier === undefined ? 1 : (whole ?? '').length);
      isOpen = false;
    }
  }
  return { specifiers: [...specifiers].toSorted(), computed };
}

/** Reads the argument of `import('y')` or `require('y')`, which can have comments before it. */
function argumentOf(
  code: string,
  at: number,
): { specifier?: string | undefined; computed: boolean } | undefined {
  const open = matchAt(parenthesis, code, at)?.[0];
  if (open === undefined) return undefined;
  const start = at + open.length;
  const near = code.slice(start, start + maxGap);
  const skipped = gap.exec(near)?.[0].length ?? 0;
  // What follows a longer comment is not read: it can be any file.
  if (near.length === maxGap && /^(?:$|\/)/.test(near.slice(skipped))) return { computed: true };
  const [, single, double, template] = matchAt(quoted, code, start + skipped) ?? [];
  // A bundler takes all files that such a path can mean.
  if (template?.includes('${')) return { computed: template.startsWith('.') };
  return { specifier: single ?? double ?? template, computed: false };
}

function matchAt(pattern: RegExp, code: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(code) ?? undefined;
}
