import type { PolicyFinding, Preview, Risk } from '../../changes/model.ts';
import { code, type Phrase, prose, say } from '../phrase.ts';
import { at, commitName } from './names.ts';
import { signed } from './verdict.ts';

/** What was compared with what. */
export function source({ source, target, stackFile }: Preview): Phrase {
  const what = say`target ${target}, ${stackFile}: `;
  if (source.kind === 'commits') {
    return say`${what}${commitName(source.base)} → ${commitName(source.head)}, without the state`;
  }
  const runs = source.deployed === undefined ? [] : say` (${commitName(source.deployed)})`;
  const on = source.commit === undefined ? [] : say` (on ${commitName(source.commit)})`;
  return say`${what}what runs${runs} → the working tree${on}`;
}

/** `web becomes public. (stacks/rota.yaml:18)` */
export function risk({ text, place }: Risk): Phrase {
  return say`${prose(text)}${at(place)}`;
}

/** The level, the rule, and what it found. */
export function findingRow({ level, rule, service, message, place, waiver }: PolicyFinding): Phrase[] {
  const about = service === undefined ? [] : say`${service}: `;
  const until = waiver === undefined ? [] : say`; waived until ${waiver.until}: ${prose(waiver.reason)}`;
  return [[level], code(rule), say`${about}${prose(message)}${at(place)}${until}`];
}

export function monthlyCost({ before, after, currency }: NonNullable<Preview['cost']>): Phrase {
  return say`${[before.toFixed(2)]} → ${[after.toFixed(2)]} ${prose(currency)} per month (${[signed(after - before)]})`;
}
