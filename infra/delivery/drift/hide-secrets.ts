import { looksSecret } from '../../fields/credentials.ts';
import { hiddenValue, type DriftFinding } from '../../targets/shared/drift.ts';

/**
 * Hides the values of a finding if one of them looks like a credential or contains a secret of the environment. A value that was
 * written by hand can be a secret that the state does not know.
 *
 * @param secrets every secret text of the state
 */
export function hideSecrets(finding: DriftFinding, secrets: readonly string[]): DriftFinding {
  const { what = '', deployed, live, detail } = finding;
  const name = /^variable (.+)$/.exec(what)?.[1] ?? what;
  const holdsSecret = (text: string) =>
    looksSecret(name, text) || secrets.some((secret) => text.includes(secret));
  const hides = [deployed, live].some((value) => value !== undefined && holdsSecret(value));
  return {
    ...finding,
    ...(hides && deployed !== undefined && { deployed: hiddenValue }),
    ...(hides && live !== undefined && { live: hiddenValue }),
    ...(detail !== undefined && holdsSecret(detail) && { detail: hiddenValue }),
  };
}
