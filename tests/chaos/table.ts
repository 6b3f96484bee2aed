import type { Row } from './row.ts';

const heading = ['', 'FAULT', 'TRIALS', 'LOST', 'DOUBLED', 'FAILED', 'HEALED IN', 'NOTE'];

export function formatTable(rows: Row[]): string {
  const lines = [heading, ...rows.map(cells)];
  const widths = heading.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines
    .map((line) => line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
    .map((line) => line.trimEnd())
    .join('\n');
}

function cells({ fault, trials, lost, doubled, failed, healSeconds, note, ok }: Row): string[] {
  const figures = [lost, doubled, failed].map((figure) => String(figure ?? '-'));
  const healed = healSeconds === undefined ? '-' : `${healSeconds.toFixed(1)} s`;
  return [ok ? 'ok' : 'FAIL', fault, String(trials), ...figures, healed, note ?? ''];
}
