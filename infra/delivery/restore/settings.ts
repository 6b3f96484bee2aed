import { parseDocument } from 'yaml';

/** Returns the text of a settings file with other values, and otherwise as it is. */
export function editSettings(text: string, values: Readonly<Record<string, unknown>>): string {
  if (Object.keys(values).length === 0) return text;
  const document = parseDocument(text);
  for (const [key, value] of Object.entries(values)) document.setIn(['config', key], value);
  return document.toString({ lineWidth: 0 });
}
