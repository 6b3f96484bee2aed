/** A piece of a template. `lookup.ts` resolves references. */
export type Part =
  | { kind: 'text'; text: string }
  /** `${{scope.name}}`, or `${{name}}` without a scope. `text` is the original text. */
  | { kind: 'reference'; scope?: string; name: string; text: string }
  | { kind: 'invalid'; text: string; reason: string };

const open = '${{';
const escaped = '$${{';

/** Splits text at its references. `$${{` stands for a literal `${{`. */
export function parseTemplate(text: string): Part[] {
  const parts: Part[] = [];
  let literal = '';
  let at = 0;
  const flush = () => {
    if (literal !== '') {
      parts.push({ kind: 'text', text: literal });
      literal = '';
    }
  };
  while (at < text.length) {
    const next = text.indexOf(open, at);
    if (next === -1) {
      literal += text.slice(at);
      break;
    }
    if (next > at && text.startsWith(escaped, next - 1)) {
      literal += text.slice(at, next - 1) + open;
      at = next + open.length;
      continue;
    }
    literal += text.slice(at, next);
    flush();
    const part = parseReference(text.slice(next));
    parts.push(part);
    at = next + part.text.length;
  }
  flush();
  return parts;
}

/**
 * Parses the reference at the start of `text`. The scope may contain spaces and dashes; the name follows the last dot.
 */
function parseReference(text: string): Part {
  const close = text.indexOf('}}');
  if (close === -1 || text.slice(open.length, close).includes(open)) {
    return { kind: 'invalid', text: open, reason: 'has no closing "}}" (for a literal "${{", write "$${{")' };
  }
  const whole = text.slice(0, close + 2);
  const inner = text.slice(open.length, close).trim();
  const match = /^(?:([A-Za-z0-9][A-Za-z0-9 _-]*?)\s*\.\s*)?([A-Za-z_][A-Za-z0-9_]*)$/.exec(inner);
  if (match !== null) {
    const [, scope, name = ''] = match;
    return { kind: 'reference', ...(scope !== undefined && { scope }), name, text: whole };
  }
  const reason = /^(secret|randomInt)\s*\(/.test(inner)
    ? 'generates a value, which railhead does not support: create a secret and write ${{secret.NAME}}'
    : 'is not a reference: ${{NAME}}, ${{service.NAME}}, ${{shared.NAME}}, ${{secret.NAME}} or ${{pulumi.NAME}}';
  return { kind: 'invalid', text: whole, reason };
}
