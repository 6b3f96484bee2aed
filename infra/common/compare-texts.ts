/** Compares two texts by their code units, for `sort`: the order of messages is the same in every language of the user. */
export function compareTexts(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
