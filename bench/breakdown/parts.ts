/** A part of the time of one run of each side, in milliseconds. */
export interface Part {
  name: string;
  ours: number;
  reference: number;
}

/** The end of each part by its name, in milliseconds since the start of the run. A side without the part has none. */
export type Ends = Readonly<Record<string, number | undefined>>;

/**
 * Returns the parts of two runs, in the order of `ours`. The parts of a side add up to its last end: a part lasts from the end of the
 * part before to its own, so what runs at the same time as something longer takes no time.
 */
export function partsOf(ours: Ends, reference: Ends): Part[] {
  const names = [...new Set([...Object.keys(ours), ...Object.keys(reference)])];
  const [first, second] = [durations(names, ours), durations(names, reference)];
  return names.map((name, index) => ({ name, ours: first[index]!, reference: second[index]! }));
}

function durations(names: string[], ends: Ends): number[] {
  let last = 0;
  return names.map((name) => {
    const end = Math.max(last, ends[name] ?? last);
    const duration = end - last;
    last = end;
    return duration;
  });
}
