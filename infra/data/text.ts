/** A text with passwords of a server by login. A plan fills them in. */
export type SecretText = (string | { passwordOf: string })[];

/** Returns the text with known passwords. */
export function fillPasswords(text: SecretText, passwords: Record<string, string>): string {
  return text.map((part) => (typeof part === 'string' ? part : (passwords[part.passwordOf] ?? ''))).join('');
}
