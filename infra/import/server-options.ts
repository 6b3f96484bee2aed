import { dataKinds, type DataType } from '../data/index.ts';
import type { Settings } from '../data/settings.ts';

interface ServerOptions {
  settings: Settings;
  /** Options that Railhead sets itself. */
  fixed: string[];
}

const isPassword = /pass|secret|auth|key/i;
const programs = /(^|\/)(postgres|redis-server|valkey-server|mysqld|mariadbd|mongod)$/;

/** Returns the options in the command of a server; undefined if it contains anything else. */
export function optionsOf(type: DataType, command: string | readonly string[]): ServerOptions | undefined {
  const words = typeof command === 'string' ? command.split(/\s+/).filter(Boolean) : [...command];
  if (programs.test(words[0] ?? '')) words.shift();
  const found: ServerOptions = { settings: {}, fixed: [] };
  if (words.some((word) => word.includes('${{'))) return undefined;
  while (words.length > 0) {
    const option = nextOption(words);
    if (option === undefined) return undefined;
    const [name, value] = option;
    const settings = { [name]: value };
    // A password is not copied. A server of Railhead has its own.
    if (isPassword.test(name)) found.fixed.push(name);
    else if (dataKinds[type].schema.safeParse({ type, settings }).success)
      Object.assign(found.settings, settings);
    else found.fixed.push(name);
  }
  return found;
}

/** Takes the words of an option: `-c name=value`, `--name=value`, or `--name` and the words up to the next option. */
function nextOption(words: string[]): [name: string, value: string | number | boolean] | undefined {
  const first = words.shift() ?? '';
  const [, name, value] =
    /^(?:-c|--)?([a-z][\w.-]*)=(.*)$/i.exec(first === '-c' ? (words.shift() ?? '') : first) ?? [];
  if (name !== undefined && value !== undefined) return [name.toLowerCase(), valueOf(value)];
  if (!/^--[a-z][\w-]*$/i.test(first)) return undefined;
  const end = words.findIndex((word) => word.startsWith('-'));
  const values = words.splice(0, end === -1 ? words.length : end);
  return [first.slice(2).toLowerCase(), values.length === 0 ? true : valueOf(values.join(' '))];
}

function valueOf(text: string): string | number | boolean {
  if (/^(on|yes|true)$/i.test(text)) return true;
  if (/^(off|no|false)$/i.test(text)) return false;
  return /^-?\d{1,15}(\.\d+)?$/.test(text) ? Number(text) : text;
}
