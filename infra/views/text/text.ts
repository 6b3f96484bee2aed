import { styleText } from 'node:util';
import stringWidth from 'string-width';
import type { PreviewDocument } from '../../changes/model.ts';
import { table } from '../../common/table.ts';
import { columns, type Outline, outlineOf, type Section, type ServiceOutline } from '../outline.ts';
import { plain } from '../phrase.ts';
import { box } from './box.ts';

export interface TextOptions {
  /** Infinity for a pipe or a file. */
  width: number;
  /** Whether colours are shown; they add nothing that the words do not say. */
  colours: boolean;
}

type Colour = Parameters<typeof styleText>[0];

/** Shows a preview in a terminal or a pipe. */
export function drawText(document: PreviewDocument, { width, colours }: TextOptions): string {
  const paint: Paint = (colour, text) =>
    colours ? styleText(colour, text, { validateStream: false }) : text;
  return document.environments
    .map((preview) => blocks(outlineOf(preview), width, paint).filter((lines) => lines.length > 0))
    .map((parts) => parts.map((lines) => lines.join('\n')).join('\n\n'))
    .join('\n\n\n');
}

type Paint = (colour: Colour, text: string) => string;

const changeColours = { new: 'green', changed: 'yellow', replaced: 'magenta', removed: 'red' } as const;

function blocks(outline: Outline, width: number, paint: Paint): string[][] {
  const { environment, verdict, source, risks, services, sections } = outline;
  return [
    [
      ...wrapped(`${plain(environment)}: ${plain(verdict)}`, width).map((line) => paint('bold', line)),
      ...wrapped(plain(source), width).map((line) => paint('dim', line)),
    ],
    risks.length === 0
      ? []
      : box('Check before you apply', risks.map(plain), width).map((line) => paint('red', line)),
    overview(services, width, paint),
    ...services.map((service) => details(service, width, paint)),
    ...sections.map((section) => [paint('bold', section.title), ...lines(section, width - 2).map(indented)]),
    apply(outline, width, paint),
  ];
}

function overview(services: ServiceOutline[], width: number, paint: Paint): string[] {
  if (services.length === 0) return [];
  const rows = services.map(({ name, what, why, order, gate }) =>
    [name, what, why, order, gate].map((cell) => plain(cell) || '-'),
  );
  const colours = new Map(services.map(({ name, change }) => [plain(name), changeColours[change]]));
  const [head = '', ...body] = table(
    [columns.map((name) => name.toUpperCase()), ...rows],
    width,
    (cell, text) => {
      const colour = colours.get(cell);
      return colour === undefined ? text : paint(colour, text);
    },
  );
  return [paint('dim', head), ...body];
}

function details(service: ServiceOutline, width: number, paint: Paint): string[] {
  const { name, change, place, sections } = service;
  const where = place.length === 0 ? '' : `, ${plain(place)}`;
  const head = wrapped(`${plain(name)} ${change}${where}`, width);
  const body = sections.flatMap((section) =>
    lines(section, width - label).map((line, index) => {
      const title = `  ${index === 0 ? section.title : ''}`.padEnd(label);
      return `${paint('dim', title)}${line}`;
    }),
  );
  return [...head.map((line) => paint(['bold', changeColours[change]], line)), ...body];
}

/** Width of the titles of sections, with their indent. */
const label = 14;

/** Lays out rows in the first of three forms that breaks no name or value. */
function lines({ rows }: Section, width: number): string[] {
  const wide = rows.map((row) => row.map(plain));
  const narrow = wide.map(([first = '', ...rest]) => [first, rest.filter((cell) => cell !== '').join('; ')]);
  if (wide.every(({ length }) => length < 2) || holds(wide, width)) return table(wide, width);
  if (holds(narrow, width)) return table(narrow, width);
  return narrow.flatMap(([first = '', rest = '']) => [
    ...wrapped(first, width),
    ...wrapped(rest, width - 2).map(indented),
  ]);
}

/** Returns whether the width has room for the longest word of each column. */
function holds(rows: string[][], width: number): boolean {
  const longest = (cell: string) => Math.max(...cell.split(' ').map((word) => stringWidth(word)));
  const columns = Math.max(...rows.map(({ length }) => length));
  const widths = Array.from({ length: columns }, (_, at) =>
    Math.max(...rows.map((row) => longest(row[at] ?? ''))),
  );
  return widths.reduce((sum, one) => sum + one + 2, -2) <= width;
}

/** The digest, and the command. It continues on a second line rather than being wrapped, so that it can be copied. */
function apply({ apply, services }: Outline, width: number, paint: Paint): string[] {
  if (apply === undefined) return [];
  const { digest, command } = apply;
  if (services.length === 0) return wrapped(`Digest ${digest}`, width);
  const [start = '', plan = ''] = command.split(/ (?=--plan )/);
  const fits = command.length + 2 <= width;
  return [
    ...wrapped(`Digest ${digest}. Apply exactly this preview:`, width),
    ...(fits ? [`  ${command}`] : [`  ${start} \\`, `    ${plan}`]).map((line) => paint('bold', line)),
  ];
}

function wrapped(text: string, width: number): string[] {
  return table([[text]], width);
}

function indented(line: string): string {
  return `  ${line}`;
}
