import { looksSecret } from '../fields/credentials.ts';
import { gainedSecrets, type SideName } from './gained-secrets.ts';
import { hideOwnWords } from './hidden-words.ts';
import { secretsIn } from './shown.ts';
import type { Sides } from './sides.ts';

/** A text that both sides declare, or one of them. */
export interface Declared {
  /** Undefined for the whole stack. */
  service?: string | undefined;
  /** Path below the service, or below the stack. */
  field: string;
  before?: string | undefined;
  after?: string | undefined;
}

export interface Covered {
  /** The text as people may see it. */
  shown: { before?: string; after?: string };
  /** Texts of either side that can be a secret of the other side. */
  hidden: string[];
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
  const least = leastHidden(sides, declared, side, text, other);
  if (least === undefined) return { text, hidden: [] };
  const { text: shown, words } = hideOwnWords(text, other ?? '', least);
  // A literal with spaces can occur elsewhere as a whole.
  return { text: shown, hidden: words.length > 1 ? [...words, text] : words };
}

/** Fields that a shell runs: a word of any length can be a credential. `command` is a build setting. */
const commands = /^(start|build|command|preDeploy\.command)$/;

/** Fields in which no credential can stand, and whose words are long: images, files of the repository, one of a few words. */
const closed =
  /^(image|base image|source|dockerfile|buildVariables|entries|template|workerd|kind|preDeploy\.migrations|restart\.policy|egress)$/;

/** The length from which a word of another field is hidden. Shorter ones are words such as `debug`, `0.5` or `/health`. */
const longWord = 8;

/** Returns the length from which a word of a text can be a secret of the other side; undefined if none can. */
function leastHidden(
  sides: Sides,
  { service, field }: Declared,
  side: SideName,
  text: string,
  other: string | undefined,
): number | undefined {
  const own = secretsIn(text);
  if (secretsIn(other).some((secret) => !own.includes(secret))) return 1;
  if (service === undefined || closed.test(field)) return undefined;
  const gained = gainedSecrets(sides, side);
  const known = new Set(namesIn(text));
  const names = gained.names.get(service);
  if (namesIn(other).some((name) => names?.has(name) && !known.has(name))) return 1;
  const gains = gained.services.has(service);
  const variable = /(?:^|\.)variables\.(\w+)$/.exec(field)?.[1];
  if (variable === undefined) return !gains ? undefined : commands.test(field) ? 1 : longWord;
  if (other === undefined) {
    // The other side can have the variable under another name, and the service too.
    const isMoved = gains || (gained.services.size > 0 && isOneSided(sides, service));
    return isMoved ? 1 : undefined;
  }
  return gains && looksSecret(variable, text) ? 1 : undefined;
}

function isOneSided({ before, after }: Sides, service: string): boolean {
  return before?.services[service] === undefined || after?.services[service] === undefined;
}

/** Returns what can be names of variables in a text: `$TOKEN`, `process.env.TOKEN`. */
function namesIn(text = ''): string[] {
  return text.match(/\w+/g) ?? [];
}
