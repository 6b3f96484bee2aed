import { railheadCommand } from '../../common/commands.ts';
import { table } from '../../common/table.ts';
import type { DriftDocument } from './document.ts';
import { ago } from './words.ts';

export interface DriftOptions {
  width: number;
  /** Colours the first line. */
  paint?: (text: string) => string;
  /** Whether to name the command that takes the drift back. */
  advises?: boolean;
}

type DocumentFinding = DriftDocument['findings'][number];

/**
 * Draws what has drifted, by service, at most `width` columns wide. Commands are never wrapped, so that users can copy them.
 */
export function drawDrift(
  document: DriftDocument,
  { width, paint = (text) => text, advises = true }: DriftOptions,
): string[] {
  const { environment, findings, notes } = document;
  const groups = Map.groupBy(findings, headingOf);
  return [
    ...table([[verdict(document)]], width).map(paint),
    ...[...groups].flatMap(([heading, group]) => [
      '',
      heading,
      ...group.flatMap((one) => drawFinding(one, width)),
    ]),
    ...(notes.length === 0 ? [] : ['', ...notes.flatMap((note) => table([[note]], width))]),
    ...(advises && findings.some(isMendable)
      ? [
          '',
          'Next: deploy again what was deployed, and only what has drifted:',
          `  ${railheadCommand(environment, 'drift', '--mend')}`,
        ]
      : []),
  ];
}

/** Whether an update takes a finding back. */
export function isMendable({ kind, remedy }: Pick<DocumentFinding, 'kind' | 'remedy'>): boolean {
  return kind !== 'foreign' && remedy === undefined;
}

function verdict({ environment, findings, deployed, time }: DriftDocument): string {
  const last =
    deployed === undefined
      ? 'the last update'
      : `update #${deployed.number} (${ago(Date.parse(time) - Date.parse(deployed.time))})`;
  if (findings.length === 0) return `${environment} is as ${last} left it.`;
  const count = findings.length === 1 ? '1 difference' : `${findings.length} differences`;
  return `${environment} has drifted: ${count} from what ${last} left.`;
}

function headingOf({ service, kind }: DocumentFinding): string {
  if (service !== undefined) return service;
  if (kind === 'foreign') return 'Not created by Railhead';
  return kind === 'stray' ? 'Not in the state' : 'Environment';
}

function drawFinding({ sentence, remedy }: DocumentFinding, width: number): string[] {
  return [
    ...table([[sentence]], width - 4).map((line, index) => `  ${index === 0 ? '-' : ' '} ${line}`),
    ...(remedy === undefined ? [] : ['    --mend does not take it back. Next:', `    ${remedy}`]),
  ];
}
