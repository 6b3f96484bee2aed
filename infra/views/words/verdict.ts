import type { Preview, ServiceChange } from '../../changes/model.ts';
import { code, joined, listed, type Phrase, plural, prose, say, some } from '../phrase.ts';
import { isService } from './names.ts';

/** The first line of a preview: `3 services change, 1 new, 12 the same; data touched: none; the last update took 41 s` */
export function verdict(preview: Preview): Phrase {
  const took = preview.seconds === undefined ? [] : [[`the last update took ${duration(preview.seconds)}`]];
  const { problems = [] } = preview;
  if (problems.length > 0) return [`cannot be deployed: ${plural(problems.length, 'problem')}`];
  if (preview.unknown) return ['what changes is not known'];
  return joined(
    [counts(preview), ...touched(preview), ...costChange(preview), ...policyErrors(preview), ...took],
    '; ',
  );
}

function counts({ services, same }: Preview): Phrase {
  const of = (change: ServiceChange['change']) =>
    services.filter((one) => isService(one) && one.change === change).length;
  const others = services.filter((one) => !isService(one)).map(({ service }) => [`the ${service}`]);
  const changed = of('changed');
  const subjects = [...(changed > 0 ? [[plural(changed, 'service')]] : []), ...others];
  const verb = subjects.length > 1 || changed > 1 ? 'change' : 'changes';
  const rest = (['new', 'replaced', 'removed'] as const).flatMap((change) =>
    of(change) === 0 ? [] : [[`${of(change)} ${change}`]],
  );
  const head = subjects.length > 0 ? [say`${listed(subjects)} ${[verb]}`] : [];
  const nothing = services.length === 0 ? [['nothing changes']] : [];
  const whole = [...nothing, ...head, ...rest, [`${same} the same`]];
  return subjects.length === 0 && rest.length > 0 ? say`services: ${joined(whole)}` : joined(whole);
}

const labels = { data: 'data touched', protection: 'protection changed', exposure: 'exposed' };

function touched({ risks, unrecorded }: Preview): Phrase[] {
  const of = (kind: keyof typeof labels) => [
    ...new Set(risks.filter((risk) => risk.kind === kind).map(({ service }) => service)),
  ];
  const one = (kind: keyof typeof labels) => say`${[labels[kind]]}: ${some(of(kind).map(code), 3)}`;
  const others = (['protection', 'exposure'] as const).filter((kind) => of(kind).length > 0);
  const noData = [unrecorded ? 'data touched: not known' : 'data touched: none'];
  return [of('data').length > 0 ? one('data') : noData, ...others.map(one)];
}

function costChange({ cost }: Preview): Phrase[] {
  if (cost === undefined || cost.before === cost.after) return [];
  return [say`${[signed(cost.after - cost.before)]} ${prose(cost.currency)} per month`];
}

/** `+12.40`, `−3.00` */
export function signed(amount: number): string {
  return `${amount < 0 ? '−' : '+'}${Math.abs(amount).toFixed(2)}`;
}

function policyErrors({ policy }: Preview): Phrase[] {
  const count = policy.filter(({ level }) => level === 'error').length;
  return count === 0 ? [] : [[plural(count, 'policy error')]];
}

function duration(seconds: number): string {
  return seconds < 120 ? `${Math.round(seconds)} s` : plural(Math.round(seconds / 60), 'minute');
}
