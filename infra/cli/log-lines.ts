import { styleText } from 'node:util';
import type { FoldedLine, ServiceLine } from './log-line.ts';

const colours = ['cyan', 'yellow', 'green', 'magenta', 'blue'] as const;
const levelColours: Record<string, 'red' | 'yellow' | 'green' | 'gray'> = {
  FATAL: 'red',
  ERROR: 'red',
  WARN: 'yellow',
  INFO: 'green',
};
/** Names of pino's numeric levels. */
const levelNames: Record<number, string> = {
  10: 'trace',
  20: 'debug',
  30: 'info',
  40: 'warn',
  50: 'error',
  60: 'fatal',
};
/** Fields that are printed elsewhere in the line, or that are not useful to users. */
const hidden = ['level', 'time', 'timestamp', 'msg', 'message', 'pid', 'hostname', 'service', 'replica'];

/** Returns a JSON object per line. Its `line` is the service's output: an object if the service printed one, else text. */
export function toJson(lines: readonly ServiceLine[]): string[] {
  return lines.map(({ time, service, source, text }) =>
    JSON.stringify({ time, service, source, line: parseObject(text) ?? text }),
  );
}

/** Formats log lines for a terminal: time, service, coloured level, message, and the other fields dimmed. */
export function forPeople(lines: readonly FoldedLine[]): string[] {
  return lines.map(({ time, service, source, text, folded }) => {
    const name = source === 'supervisor' ? `${service}:` : source;
    const clock = /T(\d\d:\d\d:\d\d\.\d{3})/.exec(time)?.[1] ?? ' '.repeat(12);
    const start = `${paint('dim', clock)} ${paint(colourOf(service), show(name).padEnd(12))}`;
    if (folded) {
      const what = folded.lines === 1 ? 'the line above' : `the ${folded.lines} lines above`;
      return `${start}       ${paint('dim', `… ${what}, ${folded.times} times more`)}`;
    }
    const entry = parseObject(text);
    if (entry === undefined) return `${start}       ${show(text)}`;
    const level = levelOf(entry.level);
    const message = entry.msg ?? entry.message ?? '';
    const fields = Object.entries(entry)
      .filter(([key]) => !hidden.includes(key))
      .map(
        ([key, value]) => ` ${show(key)}=${show(typeof value === 'string' ? value : JSON.stringify(value))}`,
      );
    const words = show(typeof message === 'string' ? message : JSON.stringify(message));
    return `${start} ${paint(levelColours[level] ?? 'gray', level.padEnd(5))} ${words}${paint('dim', fields.join(''))}`;
  });
}

function levelOf(level: unknown): string {
  const name = typeof level === 'number' ? levelNames[level] : level;
  return typeof name === 'string' ? show(name).toUpperCase().slice(0, 5) : '';
}

function parseObject(text: string): Record<string, unknown> | undefined {
  if (!text.startsWith('{')) return undefined;
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

/** Removes colour codes and replaces other control characters, so that log output cannot control the terminal. */
function show(text: string): string {
  return text.replace(/\u001B\[[\d;]*[A-Za-z]/g, '').replace(/(?!\t)\p{Cc}/gu, '\uFFFD');
}

/** Colours text. Returns it unchanged if NO_COLOR is set or stdout is not a terminal. */
function paint(colour: Parameters<typeof styleText>[0], text: string): string {
  return text === '' ? '' : styleText(colour, text, { stream: process.stdout });
}

/** Returns the colour of a service: always the same for the same name. */
function colourOf(service: string): (typeof colours)[number] {
  const sum = [...service].reduce((total, letter) => total + letter.charCodeAt(0), 0);
  return colours[sum % colours.length] ?? 'cyan';
}
