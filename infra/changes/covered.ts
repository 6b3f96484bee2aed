import type { SideName } from './gained-secrets.ts';
import { hideOwnWords } from './hidden-words.ts';
import { hidingRule, type Declared, type HidingRule } from './hiding-rule.ts';
import type { Sides } from './sides.ts';

/** A text that can be a secret of the other side. */
export interface HiddenText extends Pick<HidingRule, 'reach'> {
  text: string;
}

export interface Covered {
  /** The text as people may see it. */
  shown: { before?: string; after?: string };
  hidden: HiddenText[];
}

/**
 * Hides the words of a declared text that can be a secret of the other side: a literal that becomes a secret, or that was one. A
 * text that is plain on both sides is shown.
 */
export function coverSecrets(sides: Sides, declared: Declared): Covered {
  const [before, after] = [coverSide(sides, declared, 'before'), coverSide(sides, declared, 'after')];
  return {
    shown: { ...(before && { before: before.text }), ...(after && { after: after.text }) },
    hidden: [...(before?.hidden ?? []), ...(after?.hidden ?? [])],
  };
}

function coverSide(sides: Sides, declared: Declared, side: SideName) {
  const [text, other] = [declared[side], declared[side === 'before' ? 'after' : 'before']];
  if (text === undefined) return undefined;
  const rule = hidingRule(sides, declared, side, text, other);
  if (rule === undefined) return { text, hidden: [] };
  const { text: shown, words } = hideOwnWords(text, other ?? '', rule.hides);
  // The whole literal can stand in another field, with its spaces.
  const hidden = words.length > 1 ? [...words, text] : words;
  return { text: shown, hidden: hidden.map((text) => ({ text, reach: rule.reach })) };
}
