import { looksSecret } from '../fields/credentials.ts';

/** More names than the policy reports: a value that is taken for a secret costs one command, the other mistake a leak. */
const cautious =
  /(SECRET|TOKEN|PASS(W|_|$)|PASSPHRASE|(_|^)PW(_|$)|CREDENTIAL|PRIVATE|SALT|DSN|JWT|LICEN[CS]E|(_|^)KEY(S|_|$)|AUTH$)/i;
const harmless =
  /(PUBLIC|PUBLISHABLE|(_|^)(TTL|EXPIR\w*|EXPIRES_IN|HEADER|FILE|PATH|NAME|ISSUER|ALGORITHM|LENGTH|ID|URL|URI|LIMIT|RATE|COUNT|SIZE|TIMEOUT|INTERVAL|REGION|V?HOST|PORT)$)/i;
/** The address of a webhook is enough to call it. */
const webhook = /WEBHOOK/i;
const isUrl = /^[a-z][a-z0-9+.-]*:\/\//i;

/** Where commands have a credential, each up to its first character. A variable is no credential. */
const inCommand = [
  /--?[\w-]*(?:pass|passwd|password|requirepass|token|secret|api-?key|masterauth)[= ]/i,
  /\b\w*(?:PASSWORD|TOKEN|SECRET|API_?KEY)=/i,
  /\s--(?:[\w-]+-)?auth[= ](?!['"]?(?:true|false|yes|no|on|off|none)\b)/,
  // `-u admin:x` of curl, and neither an address nor the user and group of a process: `-u 1000:1000`.
  /\s(?:-u|--user[= ])\s*['"]?(?!\d+:\d+|\w+:\/\/)[\w.@-]+:/,
  // `-p3000` and `-pidfile` are no passwords: only these clients write one so. `-P3306` is their port.
  /\b(?:mysql|mariadb)[\w-]*\s(?:[^|;&]*\s)?-p(?=\S)/,
  /\bsshpass\s+-p\s*/,
  /\bredis-cli\s(?:[^|;&]*\s)?-a\s+/,
  /\b(?:Authorization|X-[\w-]*(?:Key|Token)):\s*(?:(?:Bearer|Basic|Token)\s+|(?!(?:Bearer|Basic|Token)\s))/i,
].map((start) => new RegExp(`${start.source}['"]?(?!\\$)[^\\s'"]`, start.flags));

/** Returns whether a variable probably holds a credential that must not be copied. */
export function isSecretValue(name: string, value: string): boolean {
  if (looksSecret(name, value)) return true;
  const isSwitch = /^(|true|false|yes|no|on|off|none|null|\d{1,5})$/i.test(value.trim());
  const isFile = /^\.{0,2}(\/[\w.-]+)+\.\w{2,4}$/.test(value);
  if (isSwitch || isFile || /\$\{\{/.test(value)) return false;
  return (cautious.test(name) && !harmless.test(name)) || (webhook.test(name) && isUrl.test(value));
}

/** Returns whether a command contains a credential. */
export function isSecretCommand(command: string): boolean {
  return inCommand.some((form) => form.test(command)) || looksSecret('', command);
}

/** Names the secrets of an import. It keeps values only to give equal values the same name. */
export class Secrets {
  #byValue = new Map<string, string>();
  #names = new Set<string>();

  /** @param known the secrets that references name already, with their values as far as files have them */
  constructor(known: ReadonlyMap<string, string | undefined>) {
    for (const [name, value] of known) {
      this.#names.add(name);
      if (value !== undefined) this.#byValue.set(value, name);
    }
  }

  /** Returns the reference to the secret with this value. `wanted` is its name, unless another value has that. */
  reference(wanted: string, value: string): string {
    const name = this.#byValue.get(value) ?? this.#unused(toSecretName(wanted));
    this.#byValue.set(value, name);
    this.#names.add(name);
    return `\${{secret.${name}}}`;
  }

  #unused(start: string): string {
    let name = start;
    for (let count = 2; this.#names.has(name); count++) name = `${start}_${count}`;
    return name;
  }
}

export function toSecretName(text: string): string {
  const name = text
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, '_')
    .replace(/^[^A-Z]+/, '');
  return name === '' ? 'VALUE' : name;
}
