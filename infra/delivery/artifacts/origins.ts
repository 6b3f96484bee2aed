import type { Origin } from './mentions.ts';

/** Returns origins as a text: `releases/prod.yaml, dev #1, dev #3-#5`. */
export function describeOrigins(origins: readonly Origin[]): string {
  const files = origins.flatMap((origin) => ('file' in origin ? origin.file : []));
  const updates = Map.groupBy(
    origins.filter((origin) => 'update' in origin),
    ({ environment }) => environment,
  );
  const texts = [...updates].flatMap(([environment, found]) =>
    runsOf(found.map(({ update }) => update)).map(([first, last]) =>
      first === last ? `${environment} #${first}` : `${environment} #${first}-#${last}`,
    ),
  );
  return [...new Set([...files.toSorted(), ...texts.toSorted(inOrder)])].join(', ');
}

const { compare: inOrder } = new Intl.Collator('en', { numeric: true });

/** Returns the first and the last number of each run of successive numbers. */
function runsOf(numbers: readonly number[]): [first: number, last: number][] {
  const runs: [number, number][] = [];
  for (const number of new Set(numbers.toSorted((one, two) => one - two))) {
    const run = runs.at(-1);
    if (run?.[1] === number - 1) run[1] = number;
    else runs.push([number, number]);
  }
  return runs;
}
