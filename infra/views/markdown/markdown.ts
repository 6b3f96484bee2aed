import type { PreviewDocument } from '../../changes/model.ts';
import { columns, type Outline, outlineOf, type Section, type ServiceOutline } from '../outline.ts';
import { code, type Phrase, plural, say } from '../phrase.ts';
import { html, inline } from './escape.ts';
import { fit, type Piece } from './fit.ts';
import { leftOutNote, type MarkdownPiece } from './left-out.ts';

/** GitHub refuses comments of more than 65,536 characters. The rest is for what a workflow adds. */
const limit = 60_000;

/**
 * Shows a preview as a comment on a pull request, for all environments. The verdicts and the tables come first. What does not
 * fit is left out as a whole and named, so that every fence, table and tag is complete.
 */
export function drawMarkdown(document: PreviewDocument, room = limit): string {
  const frames = document.environments.map((preview): Frame => {
    const outline = outlineOf(preview);
    const pieces = piecesOf(outline);
    const fixed = pieces.filter(({ rank }) => rank === 0);
    return { outline, pieces, text: fixed.map(({ text }) => text).join(''), rank: 1 };
  });
  const { shown, leftOut } = fit(frames, room / 2);
  const tail = leftOut.length === 0 ? '' : environmentsNote(leftOut);
  const note = Math.floor(Math.min(1500, room / 4 / Math.max(1, shown.length)));
  const chosen = new Set(
    fit(
      shown.flatMap(({ pieces }) => pieces),
      room - tail.length - note * shown.length,
    ).shown,
  );
  const parts = shown.map(({ pieces }) => {
    const rest = pieces.filter((piece) => !chosen.has(piece));
    return (
      pieces
        .filter((piece) => chosen.has(piece))
        .map(({ text }) => text)
        .join('') + leftOutNote(rest, note)
    );
  });
  return `${(parts.join('') + tail).trimEnd()}\n`;
}

interface Frame extends Piece {
  outline: Outline;
  pieces: MarkdownPiece[];
}

function environmentsNote(frames: Frame[]): string {
  const names = frames.map(({ outline }) => inline(outline.environment));
  return `**Left out because of the length limit: ${plural(names.length, 'environment')}.** The artifact has them.\n`;
}

/** Ranks of what can be left out. An index is added, so that each environment gets the same share. */
const ranks = { risk: 1, riskyRow: 5e5, row: 1e6, section: 2e6, riskyService: 3e6, service: 4e6 };

function piecesOf(outline: Outline): MarkdownPiece[] {
  const { environment, verdict, source, services, sections, apply } = outline;
  return [
    fixed(`## Preview of ${inline(environment)}\n\n**${inline(verdict)}**\n\n${inline(source)}\n\n`),
    ...redBlock(outline),
    ...overview(services),
    ...services.map((service, index) => ({
      text: folded(summary(service), service.sections.map(section).join('\n')),
      rank: (service.isRisky ? ranks.riskyService : ranks.service) + index,
      kind: 'details' as const,
      name: service.name,
    })),
    ...sections.flatMap(environmentSection),
    ...(apply === undefined ? [] : [fixed(applied(apply, services.length > 0))]),
  ];
}

function redBlock({ risks }: Outline): MarkdownPiece[] {
  if (risks.length === 0) return [];
  const lines = risks.map((line, index) => ({
    text: `> - ${inline(line)}\n`,
    rank: ranks.risk + index,
    kind: 'risks' as const,
    name: line.slice(0, 1),
  }));
  return [fixed('> [!CAUTION]\n> **Check before you apply**\n>\n'), ...lines, fixed('\n')];
}

function overview(services: ServiceOutline[]): MarkdownPiece[] {
  if (services.length === 0) return [];
  const rows = services.map(({ name, what, why, order, gate, isRisky }, index) => ({
    text: row([name, what, why, order, gate]),
    rank: (isRisky ? ranks.riskyRow : ranks.row) + index,
    kind: 'services' as const,
    name,
  }));
  return [fixed(heading(columns)), ...rows, fixed('\n')];
}

/** Problems and policy errors prevent an update, so they are not folded. */
function environmentSection({ title, head, rows }: Section): MarkdownPiece[] {
  if (rows.length === 1 && head.length === 0) {
    return [
      {
        text: `**${title}**: ${inline(rows[0]?.[0] ?? [])}\n\n`,
        rank: ranks.section,
        kind: 'lines',
        name: [title],
      },
    ];
  }
  const open = title === 'problems' || rows.some(([level]) => level?.[0] === 'error') ? ' open' : '';
  const lines = rows.map((cells, index) => ({
    text: entry(cells),
    rank: ranks.section + index,
    kind: 'lines' as const,
    name: [title],
  }));
  return [
    fixed(`<details${open}>\n<summary>${title}: ${rows.length}</summary>\n\n${heading(head)}`),
    ...lines,
    fixed('\n</details>\n\n'),
  ];
}

function summary({ name, what, place }: ServiceOutline): Phrase {
  return say`${name}: ${what}${place.length === 0 ? [] : say` (${place})`}`;
}

function folded(title: Phrase, body: string): string {
  return `<details>\n<summary>${html(title)}</summary>\n\n${body}\n</details>\n\n`;
}

function section({ title, head, rows }: Section): string {
  return `**${title}**\n\n${heading(head)}${rows.map(entry).join('')}`;
}

/** A line of a list, or a row of a table. */
function entry(cells: readonly Phrase[]): string {
  const [line = [], ...rest] = cells;
  return rest.length === 0 ? `- ${inline(line)}\n` : row(cells);
}

function heading(names: readonly string[]): string {
  if (names.length === 0) return '';
  return `| ${names.join(' | ')} |\n|${' --- |'.repeat(names.length)}\n`;
}

function row(cells: readonly Phrase[]): string {
  return `| ${cells.map(inline).join(' | ')} |\n`;
}

function applied({ digest, command }: { digest: string; command: string }, hasChanges: boolean): string {
  const name = inline(code(digest));
  return hasChanges
    ? `Apply exactly this preview (digest ${name}):\n\n\`\`\`sh\n${command}\n\`\`\`\n\n`
    : `Digest ${name}\n\n`;
}

function fixed(text: string): MarkdownPiece {
  return { text, rank: 0, kind: 'fixed', name: [] };
}
