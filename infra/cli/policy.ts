import { Command } from '@commander-js/extra-typings';
import { defaultEnvironment } from '../common/default-environment.ts';
import { readEnvironment, stackFilePath } from '../common/environment.ts';
import { table, terminalWidth } from '../common/table.ts';
import { environmentFindings } from '../delivery/policy.ts';
import { stageOf, type PlacedFinding } from '../policy/check.ts';
import { textOf } from '../policy/format.ts';
import { formatPlace } from '../stack/tree.ts';
import { openContext } from '../program/context.ts';
import { stackOption } from './options.ts';

export const command = new Command('policy')
  .description('Check an environment against the policy rules, without its state, secrets or cluster.')
  .addOption(stackOption())
  .action(async ({ stack = defaultEnvironment() }) => {
    process.exitCode = await checkEnvironment(stack);
  });

/** Prints the findings of an environment. Returns exit code 1 if one is an error. Throws UserError. */
async function checkEnvironment(name: string): Promise<number> {
  const environment = readEnvironment(name);
  const context = await openContext({
    ...environment,
    stackFile: stackFilePath(environment),
    secrets: undefined,
  });
  const findings = await environmentFindings(environment, context, console.error);
  const stage = stageOf(context.stack, environment);
  if (findings.length > 0) console.log([...table(rowsOf(findings), terminalWidth()), ''].join('\n'));
  console.log(`${name}: ${summaryOf(findings)} (stage ${stage})`);
  return findings.some(({ level }) => level === 'error') ? 1 : 0;
}

function rowsOf(findings: readonly PlacedFinding[]): string[][] {
  const rows = findings.map((finding) => {
    const { level, rule, service = '' } = finding;
    return [level, rule, service, formatPlace(finding.place), textOf(finding)];
  });
  return [['LEVEL', 'RULE', 'SERVICE', 'PLACE', 'FINDING'], ...rows];
}

function summaryOf(findings: readonly PlacedFinding[]): string {
  const counts = (['error', 'advice', 'waived'] as const).flatMap((level) => {
    const count = findings.filter((finding) => finding.level === level).length;
    return count === 0 ? [] : [`${count} ${level === 'error' && count > 1 ? 'errors' : level}`];
  });
  return counts.length === 0 ? 'no findings' : counts.join(', ');
}
