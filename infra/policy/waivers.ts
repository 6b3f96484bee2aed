import type { LoadedStack } from '../stack/load.ts';
import { suggest } from '../stack/nearest.ts';
import { serviceOf, type Found } from './result.ts';
import { compareTexts } from '../common/compare-texts.ts';

/** The waivers of a stack file on one day. */
export interface Waivers {
  /** Returns the finding as waived, or with a note that its waiver has ended. */
  apply(finding: Found): Found;
  /** Returns a finding for each waiver that matched none. `rules`: whether each rule is checked at the stage, by name. */
  unused(rules: ReadonlyMap<string, boolean>): Found[];
}

export function createWaivers({ stack }: LoadedStack, today: string): Waivers {
  const { waivers } = stack.policy;
  const used = new Set<number>();
  return {
    apply(finding) {
      const service = serviceOf(finding);
      const matching = waivers.flatMap((waiver, index) => {
        const matches =
          waiver.rule === finding.rule && (waiver.service === undefined || waiver.service === service);
        return matches ? [{ ...waiver, index }] : [];
      });
      for (const { index } of matching) used.add(index);
      const [latest] = matching.toSorted((one, other) => compareTexts(other.until, one.until));
      if (latest === undefined) return finding;
      const { reason, until } = latest;
      if (until >= today) return { ...finding, level: 'waived', waiver: { reason, until } };
      return { ...finding, message: `${finding.message} (its waiver ended on ${until})` };
    },

    unused: (rules) =>
      waivers.flatMap(({ rule, service }, index): Found[] => {
        const isChecked = rules.get(rule);
        if (used.has(index) || isChecked === false) return [];
        const message =
          isChecked === undefined
            ? `there is no rule ${JSON.stringify(rule)}; ${suggest(rule, rules.keys())}`
            : `matches no finding of ${rule}${service === undefined ? '' : ` in ${service}`}: remove it`;
        return [{ path: ['policy', 'waivers', index], message, rule: 'waivers', level: 'advice' }];
      }),
  };
}
