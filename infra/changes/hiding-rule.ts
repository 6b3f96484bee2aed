import { looksSecret } from '../fields/credentials.ts';
import { gainedSecrets, type SideName } from './gained-secrets.ts';
import { leastLength } from './hide-texts.ts';
import { secretsIn } from './secret-parts.ts';
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

/** Which words of a text can be a secret of the other side. */
export interface HidingRule {
  hides: (word: string) => boolean;
  /** Whether the words are hidden in the whole preview, or only in what it says of the service. */
  reach: 'preview' | 'service';
}

const everyWord: HidingRule = { hides: () => true, reach: 'preview' };

/** Shorter words are such as `debug`, `0.5` or `/health`. */
const longWords: HidingRule = { hides: ({ length }) => length >= leastLength, reach: 'service' };

const credentials: HidingRule = { hides: canBeCredential, reach: 'preview' };

/** Fields that a shell runs: a word of any length can be a credential. `command` is a build setting. */
const commands = /^(start|build|command|preDeploy\.command)$/;

/** Fields that cannot hold a credential: images, files of the repository, and fields with a fixed list of values. */
const closed =
  /^(image|base image|build image|runtime|source|dockerfile|context|target|buildVariables|buildSecrets|entries|template|workerd|kind|preDeploy\.migrations|restart\.policy|egress)$/;

/** Returns the rule for a text of one side; undefined if no word of it can be a secret of the other side. */
export function hidingRule(
  sides: Sides,
  { service, field }: Declared,
  side: SideName,
  text: string,
  other: string | undefined,
): HidingRule | undefined {
  const own = secretsIn(text);
  if (secretsIn(other).some((secret) => !own.includes(secret))) return everyWord;
  if (service === undefined || closed.test(field)) return undefined;
  const gained = gainedSecrets(sides, side);
  const known = new Set(namesIn(text));
  const names = gained.names.get(service);
  if (namesIn(other).some((name) => names?.has(name) && !known.has(name))) return everyWord;
  const gains = gained.services.has(service);
  const variable = /(?:^|\.)variables\.(\w+)$/.exec(field)?.[1];
  if (variable === undefined) return !gains ? undefined : commands.test(field) ? everyWord : longWords;
  if (other === undefined) {
    // The other side can have the variable under another name, and the service too.
    const isMoved = gains || (gained.isNew && isOneSided(sides, service));
    return isMoved ? everyWord : undefined;
  }
  if (!gains) return undefined;
  return looksSecret(variable, text) ? everyWord : credentials;
}

function isOneSided({ before, after }: Sides, service: string): boolean {
  return before?.services[service] === undefined || after?.services[service] === undefined;
}

/** Returns what can be names of variables in a text: `$TOKEN`, `process.env.TOKEN`. */
function namesIn(text = ''): string[] {
  return text.match(/\w+/g) ?? [];
}

/** Matches a URL, or a host with its port: `https://…`, `db1.example.com:5432`, `10.0.0.12`, `localhost:3000`. */
const address =
  /^[a-z][a-z\d+.-]*:\/\/|^([a-z\d-]+\.)+([a-z]{2,}|\d{1,3})(:\d+)?(\/|$)|^[a-z\d-]+:\d+(\/|$)/i;

/** Returns whether a word of a variable that stays can be a credential. */
function canBeCredential(word: string): boolean {
  return word.length >= leastLength && /\d/.test(word) && !address.test(word);
}
