/** What a module imports. */
export interface Imports {
  /** Specifiers of imports and of `require`, without types: `./greet.ts`, `pg`. */
  specifiers: string[];
  /** Whether a part of the path of a relative import is known only when the program runs. */
  computed: boolean;
}

const quoted = `'([^'\\n]+)'|"([^"\\n]+)"`;

/**
 * Matches `import x from 'y'`, `export * from 'y'` and `import 'y'`. What stands before `from` contains no quotes, semicolons,
 * parentheses or equals signs. `import type x from 'y'` has no effect at runtime; `import type from 'y'` does.
 */
const declared = new RegExp(
  `(?<![\\w$.])(?:import|export)\\b(?!\\s+type\\s(?!\\s*from\\b))(?:[^'"\`;()=]*?\\bfrom)?\\s*(?:${quoted})`,
  'g',
);

/** Matches `import('y')` and `require('y')`. */
const called = new RegExp(
  `(?<![\\w$.])(?:import|require)\\s*\\(\\s*(?:/\\*[^]*?\\*/\\s*)*(?:${quoted}|\`([^\`\\n]+)\`)`,
  'g',
);

/** Matches lines that are a comment as a whole, or inside of a documentation comment. */
const comment = /^\s*(?:\/\/.*|\/\*.*\*\/\s*|\*(?!\s*(?:from|as)\b).*)$/gm;

/**
 * Finds the imports of JavaScript or TypeScript without parsing it. A text that only looks like an import counts too: the list
 * of inputs is then longer than that of a real build, but never shorter.
 */
export function scanImports(text: string): Imports {
  const code = text.replace(comment, '');
  const specifiers = new Set<string>();
  let computed = false;
  for (const [, single, double, template] of [...code.matchAll(declared), ...code.matchAll(called)]) {
    const specifier = single ?? double ?? template ?? '';
    const isTemplate = template?.includes('${') ?? false;
    if (!isTemplate) specifiers.add(specifier);
    // A bundler takes all files that such a path can mean.
    else if (specifier.startsWith('.')) computed = true;
  }
  return { specifiers: [...specifiers].toSorted(), computed };
}
