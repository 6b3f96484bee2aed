import { hiddenValue, type DriftFinding } from '../../targets/shared/drift.ts';

/**
 * Returns a finding as a sentence without a full stop: `replicas of api: 2 deployed, 5 on the cluster, changed by kubectl-scale 12
 * minutes ago`.
 *
 * @param where where the resources are: `on the cluster`
 */
export function sentenceOf(finding: DriftFinding, where: string, now = Date.now()): string {
  const { kind, resource, what, detail } = finding;
  const subject = subjectOf(finding);
  switch (kind) {
    case 'changed':
      return what === undefined
        ? `${subject}: ${detail ?? 'changed'}${changed(finding, now, 'changed')}`
        : `${what} of ${subject}: ${valuesOf(finding, where)}${changed(finding, now, 'changed')}`;
    case 'deleted':
      return `${resource}: deleted${detail === undefined ? '' : `, ${detail}`}`;
    case 'stopped':
    case 'failed':
      return `${subject}: ${kind}${detail === undefined ? '' : `, ${detail}`}${changed(finding, now, 'stopped')}`;
    case 'stray':
      return `${resource}: ${detail ?? 'not in the state'}`;
    case 'foreign':
      return `${resource}: Railhead did not create it${detail === undefined ? '' : `, ${detail}`}${changed(finding, now, 'created')}`;
  }
}

/** A service stands for its main resource, which has the same name, in what a stack file has a word for. */
function subjectOf({ service, resource, what = '' }: DriftFinding): string {
  const name = resource.slice(resource.indexOf(' ') + 1);
  return service === name && !/^(key |(spec|metadata|rules|subjects)\b)/.test(what) ? service : resource;
}

function valuesOf({ deployed, live }: DriftFinding, where: string): string {
  const isHidden = [deployed, live].includes(hiddenValue);
  if (deployed === undefined)
    return isHidden ? `added ${where}, value hidden` : `added ${where}, ${shown(live)}`;
  if (live === undefined)
    return isHidden ? `removed ${where}` : `${shown(deployed)} deployed, removed ${where}`;
  return isHidden ? `edited ${where}, values hidden` : `${shown(deployed)} deployed, ${shown(live)} ${where}`;
}

/** Longer values are cut. The JSON document has them whole. */
const longest = 60;

/** Returns a value as one line. Characters that a terminal does not show are escaped. */
function shown(value = ''): string {
  const line = JSON.stringify(value)
    .slice(1, -1)
    .replaceAll(String.raw`\"`, '"');
  if (line === '') return 'empty';
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
}

function changed({ changed: last = {} }: DriftFinding, now: number, verb: string): string {
  const by = last.by === undefined ? '' : ` by ${last.by}`;
  const at = last.at === undefined ? '' : ` ${ago(now - Date.parse(last.at))}`;
  return by + at === '' ? '' : `, ${verb}${by}${at}`;
}

/** `12 minutes ago`. A clock that is a little behind gives `just now`. */
export function ago(milliseconds: number): string {
  const units = [
    ['day', 86_400_000],
    ['hour', 3_600_000],
    ['minute', 60_000],
    ['second', 1000],
  ] as const;
  const [unit, length] = units.find(([, size]) => milliseconds >= size) ?? ['second', 1000];
  const count = Math.floor(milliseconds / length);
  return count < 1 ? 'just now' : `${count} ${unit}${count === 1 ? '' : 's'} ago`;
}
