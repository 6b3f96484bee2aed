import { partOf } from '../plan/fill.ts';
import type { UrlPart } from '../plan/hole.ts';
import { secretPart, secretsIn } from './secret-parts.ts';

/**
 * Returns a part of a URL that `shown` has written: the literal, or the secrets that it contains. If the secrets hide which part is
 * which, returns them with the name of the part: `${{secret.DATABASE.password}}`.
 */
export function shownPart(url: string, { part, otherwise }: { part: UrlPart; otherwise: string }): string {
  const secrets = secretsIn(url);
  // The parts of a URL keep these marks as they are.
  const marked = secrets.reduce(
    (text, _, index) => text.replace(secretPart, `railhead0secret${index}x`),
    url,
  );
  try {
    const found = partOf(new URL(marked), part) || otherwise;
    return found.replace(/railhead0secret(\d+)x/g, (mark, index) => secrets[Number(index)] ?? mark);
  } catch {
    return secrets.map((secret) => secret.replace('}}', `.${part}}}`)).join('');
  }
}
