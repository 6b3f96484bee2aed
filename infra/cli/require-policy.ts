import { railheadCommand } from '../common/commands.ts';
import type { Environment } from '../common/environment.ts';
import { environmentFindings } from '../delivery/policy.ts';
import type { PlacedFinding } from '../policy/check.ts';
import { formatFinding } from '../policy/format.ts';
import type { Context } from '../program/context.ts';
import { UserError } from '../../tools/user-error.ts';

/** How long a waiver that a message proposes lasts, in milliseconds: 90 days. */
const waiverTime = 90 * 24 * 60 * 60 * 1000;

/** Prints advice and returns all findings. Throws UserError if an environment breaks a rule that is an error at its stage. */
export async function requirePolicy(environment: Environment, context: Context): Promise<PlacedFinding[]> {
  const findings = await environmentFindings(environment, context, console.error);
  for (const advice of findings.filter(({ level }) => level === 'advice'))
    console.error(formatFinding(advice));
  const errors = findings.filter(({ level }) => level === 'error');
  const [first] = errors;
  if (first === undefined) return findings;
  const { rule, service } = first;
  const until = new Date(Date.now() + waiverTime).toISOString().slice(0, 10);
  const waiver = [
    `rule: ${rule}`,
    ...(service === undefined ? [] : [`service: ${service}`]),
    'reason: …',
    `until: ${until}`,
  ];
  throw new UserError(
    [
      ...errors.map(formatFinding),
      '',
      `The policy of ${environment.name} forbids this update; nothing was touched.`,
      `Next: correct the stack file, or accept a finding until a date:`,
      '  policy:',
      '    waivers:',
      `      - { ${waiver.join(', ')} }`,
      `All rules and findings: ${railheadCommand(environment.name, 'policy')}`,
    ].join('\n'),
  );
}
