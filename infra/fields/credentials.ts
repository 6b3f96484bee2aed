/** Names of variables that hold a credential. Those of files, lifetimes and public keys end in another word. */
const secretName =
  /(^|_)(PASSWORD|PASSWD|(?<=_)PWD|PASSPHRASE|SECRET|TOKEN|CREDENTIALS?|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY|SIGNING_?KEY|ENCRYPTION_?KEY|SECRET_?KEY)(_?\d+|_BASE64)?$/i;

/** Forms that issuers give their credentials. */
const secretValues = [
  /-----BEGIN ([A-Z0-9]+ )*PRIVATE KEY-----/,
  /\b(AKIA|ASIA)[0-9A-Z]{16}\b/,
  /\bgh[pousr]_[A-Za-z0-9]{36}/,
  /\bgithub_pat_[A-Za-z0-9_]{22}/,
  /\bglpat-[\w-]{20}/,
  /\bxox[abeoprs]-[\w-]{10}/,
  /\b[sr]k_live_[A-Za-z0-9]{16}/,
  /\bAIza[\w-]{35}/,
  /\bnpm_[A-Za-z0-9]{36}/,
  /\bSG\.[\w-]{16,}\.[\w-]{16,}/,
  /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/,
];

/** The password of a URL. A reference in its place is not one. */
const urlPassword = /[a-z][a-z0-9+.-]*:\/\/[^\s/:@]*:(?!\$\{\{)[^\s/@]+@/i;

/** Returns whether a variable holds a credential as a literal, by its name or by the form of its value. */
export function looksSecret(name: string, value: string): boolean {
  if (urlPassword.test(value) || secretValues.some((form) => form.test(value))) return true;
  return secretName.test(name) && isLiteral(value);
}

/** A line of a configuration file that gives a name a value, in YAML, TOML, JSON or as in `.env`. */
const assignment = /^\s*(?:export\s+)?["']?([\w.-]+)["']?\s*[:=]\s*["']?(.*?)["']?,?\s*$/;

/** Returns whether the text of a file holds a credential as a literal, in one of its lines. */
export function containsSecret(text: string): boolean {
  return text.split('\n').some((line) => {
    const [, name = '', value = line] = assignment.exec(line) ?? [];
    return looksSecret('', line) || looksSecret(name, value);
  });
}

/** Returns whether a value has no reference, and is neither empty nor a switch. `$${{` is an escape, not a reference. */
function isLiteral(value: string): boolean {
  return !/(^|[^$])\$\{\{/.test(value) && !/^(|true|false|0|1)$/i.test(value.trim());
}
