import { dataKinds, type DataType } from '../data/index.ts';
import type { DataKind } from '../data/kind.ts';
import { setByRailhead } from '../data/settings.ts';
import type { Tree } from '../stack/tree.ts';
import type { Fact, Vocabulary } from './facts.ts';
import { cannot, defaulted, type Outcome } from './ledger.ts';
import { textOf } from './read.ts';
import type { Place } from './rule.ts';
import { isSecretCommand } from './secrets.ts';

interface Word {
  text: string;
  from: Tree;
}

/** An option in the command of a server, and the words that it consists of. */
interface ServerOption {
  name: string;
  value: string | number | boolean;
  words: Word[];
}

const programs = /(^|\/)(postgres|redis-server|valkey-server|mysqld|mariadbd|mongod)$/;
const ofStart = defaulted('a data service starts its server itself');
const ofWord = cannot(
  'only options of the server are read from the command of a data service',
  'write them as `settings`, or run the image itself as a service with `image`',
);

/** Writes the options of a server's command as fields and `settings`. Returns what becomes of each. */
export function writeOptions(
  { value, from }: Fact<Vocabulary['command']>,
  type: DataType,
  { draft, service, facts }: Place,
): [Tree, Outcome][] {
  const words = wordsOf(value, from);
  const path = ['services', service];
  const outcomes: [Tree, Outcome][] = [];
  const settle = (settled: readonly Word[], outcome: Outcome) =>
    outcomes.push(...settled.map(({ from }): [Tree, Outcome] => [from, outcome]));
  const program = isOption(words[0]) ? [] : words.splice(0, 1);
  if (!program.every(({ text }) => programs.test(text))) return [[from, ofWord]];
  // In a text, the options have the place of the whole.
  if (words[0]?.from !== from) settle(program, ofStart);
  while (words.length > 0) {
    const option = nextOption(words);
    if (option !== undefined) settle(option.words, outcomeOf(option));
    // What follows a word that is no option can be a part of it.
    else settle(takeOne(words), ofWord);
  }
  return outcomes;

  function outcomeOf({ name, value }: ServerOption): Outcome {
    if (name === 'port' && typeof value === 'number') {
      if (value === dataKinds[type].port) return defaulted('it is so in every data service of this type');
      return facts.port === undefined
        ? draft.set([...path, 'port'], value, from)
        : defaulted('another line has this port');
    }
    const problem = problemOf(type, name, value);
    if (problem === setByRailhead) return defaulted(`Railhead sets ${name} itself`);
    if (problem !== undefined)
      return cannot(`${name} ${problem}`, 'correct it and import again, or write it into `settings`');
    const text = String(value);
    if (text.includes('${{') || isSecretCommand(`--${name}=${text}`) || isPassword.test(name))
      return cannot(
        `${name} contains a secret, and settings have none`,
        'run the image itself as a service with `image`',
      );
    return draft.set([...path, 'settings', name], value, from);
  }
}

const isPassword = /(pass(word|wd|phrase)?|secret|auth)$/i;

function problemOf(type: DataType, name: string, value: ServerOption['value']): string | undefined {
  const { schema }: DataKind = dataKinds[type];
  return schema.safeParse({ type, settings: { [name]: value } }).error?.issues[0]?.message;
}

function wordsOf(value: string | readonly string[], from: Tree): Word[] {
  if (typeof value === 'string') return splitWords(value).map((text) => ({ text, from }));
  const items = from.kind === 'list' ? from.items.filter((item) => textOf(item) !== undefined) : [];
  return value.map((text, index) => ({ text, from: items[index] ?? from }));
}

const splitWords = (text: string) => text.split(/\s+/).filter(Boolean);

/** Takes the words of an option: `-c name=value`, `--name=value`, or `--name` and the words up to the next option. */
function nextOption(words: Word[]): ServerOption | undefined {
  const start = words[0]?.text === '-c' ? 1 : 0;
  const first = words[start]?.text ?? '';
  const [, name, value] = /^(?:-c|--)?([a-z][\w.-]*)=(.*)$/is.exec(first) ?? [];
  if (name !== undefined && value !== undefined)
    return { name: name.toLowerCase(), value: valueOf(value), words: words.splice(0, start + 1) };
  if (start > 0 || !/^--[a-z][\w-]*$/i.test(first)) return undefined;
  const own = takeOne(words);
  const values = own.slice(1).map(({ text }) => text);
  return {
    name: first.slice(2).toLowerCase(),
    value: values.length === 0 ? true : valueOf(values.join(' ')),
    words: own,
  };
}

/** Takes the words up to the next option. */
function takeOne(words: Word[]): Word[] {
  const end = words.findIndex((word, index) => index > 0 && isOption(word));
  return words.splice(0, end === -1 ? words.length : end);
}

function isOption(word: Word | undefined): boolean {
  return word?.text.startsWith('-') === true;
}

function valueOf(text: string): string | number | boolean {
  if (/^(on|yes|true)$/i.test(text)) return true;
  if (/^(off|no|false)$/i.test(text)) return false;
  return /^-?\d{1,15}(\.\d+)?$/.test(text) ? Number(text) : text;
}
