import { table } from '../../infra/common/table.ts';
import type { Row } from './row.ts';

const heading = ['', 'FAULT', 'TRIALS', 'LOST', 'DOUBLED', 'FAILED', 'HEALED IN', 'NOTE'];

export function formatTable(rows: Row[]): string {
  return table([heading, ...rows.map(cells)]).join('\n');
}

function cells({ fault, trials, lost, doubled, failed, healSeconds, note, ok }: Row): string[] {
  const figures = [lost, doubled, failed].map((figure) => String(figure ?? '-'));
  const healed = healSeconds === undefined ? '-' : `${healSeconds.toFixed(1)} s`;
  return [ok ? 'ok' : 'FAIL', fault, String(trials), ...figures, healed, note ?? ''];
}
