import { table } from '../../common/table.ts';
import type { Difference, EnvironmentDiff } from './document.ts';

/** Draws what differs between two environments, by service. */
export function drawDiff(
  { before, after, environment, services, secrets }: EnvironmentDiff,
  width: number,
  style: (title: string) => string,
): string[] {
  const sections: [title: string, rows: string[][]][] = [
    ['environment', environment.map(row)],
    ...services.map(({ service, only, differences }): [string, string[][]] => [
      service,
      only === undefined ? differences.map(row) : [[`only in ${only === 'before' ? before : after}`]],
    ]),
    ['secrets', secrets.map(({ name, ...values }) => row({ what: name, ...values }))],
  ];
  const shown = sections.filter(([, rows]) => rows.length > 0);
  if (shown.length === 0) return [`${before} and ${after} are equal.`];
  const head = ['', before, after];
  return shown.flatMap(([title, rows], index) => [
    ...(index === 0 ? [] : ['']),
    style(title),
    ...table([...(rows[0]?.length === 1 ? [] : [head]), ...rows], width - 2).map((line) => `  ${line}`),
  ]);
}

function row({ what, before = '-', after = '-' }: Difference): string[] {
  return [what, before, after];
}
