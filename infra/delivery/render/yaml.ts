/** These come first in every map, as people write them; the rest is in the order of the alphabet. */
const firstKeys = ['apiVersion', 'kind', 'metadata', 'name', 'namespace', 'services', 'image'];

/**
 * A YAML document of a plain value, whose keys stand in an order that does not depend on the code that made them. Only
 * what rendering needs, at a tenth of the time of a library that can do everything.
 */
export function toYaml(value: unknown): string {
  return `${block(value, '').trimStart()}\n`;
}

/** Follows a `:` or a `-`: on the same line where it is a scalar, else on the next. */
function block(value: unknown, indent: string): string {
  if (Array.isArray(value) && value.length > 0) {
    return value.map((item) => `\n${indent}- ${block(item, `${indent}  `).trimStart()}`).join('');
  }
  if (isMap(value) && Object.keys(value).length > 0) {
    return Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .toSorted(([one], [other]) => compareKeys(one, other))
      .map(([key, item]) => `\n${indent}${scalar(key)}:${separated(block(item, `${indent}  `))}`)
      .join('');
  }
  // Without an indent, a line `---` would begin another document.
  if (typeof value === 'string' && indent !== '' && isText(value)) return literal(value, indent);
  return typeof value === 'string' ? scalar(value) : JSON.stringify(value);
}

function separated(text: string): string {
  return text.startsWith('\n') ? text : ` ${text}`;
}

/** Lines as they are, for scripts. */
function literal(text: string, indent: string): string {
  const lines = text.split('\n').map((line) => (line === '' ? '' : indent + line));
  return text.endsWith('\n') ? `|\n${lines.slice(0, -1).join('\n')}` : `|-\n${lines.join('\n')}`;
}

/** Whether people can read it better line by line, and YAML takes it so. */
function isText(text: string): boolean {
  return /^[!-~][\n\t -~]*\n[\n\t -~]*[!-~]\n?$/.test(text);
}

/** Plain where no reader could take it for anything but this text, else in double quotes, as in JSON. */
function scalar(text: string): string {
  const isPlain = /^[A-Za-z_/][\w./@()+ -]*(:[\w./@-]+)*$/.test(text) && !text.endsWith(' ') && !isWord(text);
  return isPlain ? text : quoted(text);
}

/** As in JSON, and without what YAML takes for a line's end, or for nothing that a text may hold. */
function quoted(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** What YAML 1.1 or 1.2 reads as something else. */
function isWord(text: string): boolean {
  return /^(y|n|yes|no|on|off|true|false|null)$/i.test(text);
}

function compareKeys(one: string, other: string): number {
  return rank(one) - rank(other) || (one < other ? -1 : 1);
}

function rank(key: string): number {
  const index = firstKeys.indexOf(key);
  return index === -1 ? firstKeys.length : index;
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
