/** Matches the name of a secret, as `shown` writes it. No literal has this form. */
export const secretPart = /\$\{\{(?:secret|pulumi|output)\.[^{}]+\}\}/;

/** Returns the secret parts of a text that `shown` has written. */
export function secretsIn(text = ''): string[] {
  return text.match(new RegExp(secretPart, 'g')) ?? [];
}

/** Returns the secrets, and the values of the program, that `shown` has named in a text: `secret.TOKEN`, `pulumi.BUCKET`. */
export function openKeysIn(text = ''): string[] {
  return text.match(/(?<=\$\{\{)(?:secret|pulumi)\.\w+(?=(?:\.\w+)?\}\})/g) ?? [];
}
