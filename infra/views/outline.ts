import type { Preview, ServiceChange } from '../changes/model.ts';
import { npmCommand } from '../common/commands.ts';
import { code, type Phrase, prose } from './phrase.ts';
import { fully, why } from './words/causes.ts';
import { connection } from './words/connection.ts';
import { findingRow, monthlyCost, risk, source } from './words/facts.ts';
import { position } from './words/names.ts';
import { gate, migrationLines, rolloutLines } from './words/rollout.ts';
import { resourceRow, sizeRows, valueRows } from './words/values.ts';
import { verdict } from './words/verdict.ts';
import { what } from './words/what.ts';

/** What every view shows of one environment, in the same order and the same words. A view only lays it out. */
export interface Outline {
  environment: Phrase;
  verdict: Phrase;
  source: Phrase;
  /** Lines of the red block. Empty if data, protection and exposure are untouched. */
  risks: Phrase[];
  services: ServiceOutline[];
  /** What concerns the environment: problems, network, policy, cost, notes. */
  sections: Section[];
  apply: { digest: string; command: string } | undefined;
}

export interface ServiceOutline {
  name: Phrase;
  change: ServiceChange['change'];
  place: Phrase;
  /** The cells below `columns`, after the name. */
  what: Phrase;
  why: Phrase;
  order: Phrase;
  gate: Phrase;
  /** Whether the red block names it. */
  isRisky: boolean;
  sections: Section[];
}

/** Facts below a title. Rows of one cell are a list. Rows of several cells are a table with `head`. */
export interface Section {
  title: string;
  head: readonly string[];
  rows: Phrase[][];
}

export const columns = ['service', 'what', 'why', 'order', 'gate'] as const;

export function outlineOf(preview: Preview): Outline {
  return {
    environment: code(preview.environment),
    verdict: verdict(preview),
    source: source(preview),
    risks: preview.risks.map(risk),
    services: preview.services.map((change) => outlineService(change, preview)),
    sections: withRows([
      list('problems', (preview.problems ?? []).map(prose)),
      list('network', preview.network.map(connection)),
      { title: 'policy', head: ['level', 'rule', 'finding'], rows: preview.policy.map(findingRow) },
      list('cost', preview.cost === undefined ? [] : [monthlyCost(preview.cost)]),
      list('not in this preview', preview.notes.map(prose)),
    ]),
    apply: applyOf(preview),
  };
}

/** A command that people copy into a shell contains no other text of the document than names. */
function applyOf({ environment, digest }: Preview): Outline['apply'] {
  if (digest === undefined || ![environment, digest].every((word) => /^[\w.-]{1,100}$/.test(word)))
    return undefined;
  return { digest, command: npmCommand('up', environment, '--plan', digest) };
}

function outlineService(change: ServiceChange, preview: Preview): ServiceOutline {
  const { rollout, migrations, place } = change;
  return {
    name: code(change.service),
    change: change.change,
    place: place === undefined ? [] : position(place),
    what: what(change),
    why: why(change.causes),
    order: rollout === undefined ? [] : [`${rollout.order}`],
    gate: gate(change),
    isRisky: preview.risks.some(({ service }) => service === change.service),
    sections: withRows([
      list('why', change.causes.map(fully)),
      { title: 'values', head: ['variable', 'before → after', 'secret'], rows: valueRows(change) },
      { title: 'size', head: ['what', 'before → after'], rows: sizeRows(change) },
      list('migrations', migrations === undefined ? [] : migrationLines(migrations)),
      list('rollout', rolloutLines(change, preview)),
      {
        title: 'resources',
        head: ['operation', 'resource', 'properties'],
        rows: change.resources.map(resourceRow),
      },
    ]),
  };
}

function list(title: string, lines: Phrase[]): Section {
  return { title, head: [], rows: lines.map((line) => [line]) };
}

function withRows(sections: Section[]): Section[] {
  return sections.filter(({ rows }) => rows.length > 0);
}
