/** Returns the name of the environment of a pull request: `pr-7`. */
export function environmentOf(number: number): string {
  return `pr-${number}`;
}

/** Returns the number of the pull request that a name is for; undefined for the names of all other environments. */
export function numberOf(environment: string): number | undefined {
  const digits = /^pr-([1-9]\d{0,8})$/.exec(environment)?.[1];
  return digits === undefined ? undefined : Number(digits);
}
