import { paragraph } from '../common/table.ts';
import type { Problem } from '../stack/problem.ts';
import { ofServices } from './of-services.ts';

/** Returns whether a target can run the system. Each reason why it cannot is one item, with the fields that have it. */
export function describeTarget(
  { name, problems }: { name: string; problems: readonly Problem[] },
  width: number,
): string[] {
  if (problems.length === 0) return [`${name}: can run it`];
  const groups = Map.groupBy(problems, ({ message }) => message);
  return [
    `${name}: cannot run it`,
    ...[...groups].flatMap(([message, group]) => {
      const place = ofServices(group.map(({ path }) => path));
      const text = place === '' ? message : `${place}: ${message}`;
      return paragraph(text, width - 2, '  ').map((line) => `  ${line}`);
    }),
  ];
}
