import { formatPlace } from '../stack/tree.ts';
import type { PlacedFinding } from './check.ts';

/** Formats a finding: `stacks/shop.yaml:12:5  error: services.api … (policy limits)`. */
export function formatFinding(finding: PlacedFinding): string {
  const { level, rule, service } = finding;
  const subject = service === undefined ? '' : `${service}: `;
  return `${formatPlace(finding.place)}  ${level}: ${subject}${textOf(finding)} (policy ${rule})`;
}

/** Returns the message of a finding, with the waiver that accepts it. */
export function textOf({ message, waiver }: PlacedFinding): string {
  return waiver === undefined ? message : `${message}; waived until ${waiver.until}: ${waiver.reason}`;
}
