/**
 * The version of the CLI that the project pins; package.json pins the launcher and @pulumi/pulumi to the same
 * version.
 */
export const pinnedVersion = '3.256.0';

// Older versions write secrets into their log files.
const oldestUsable = [3, 254, 0];

/** Returns true if a CLI of this version can run the project: 3.254.0 or newer, below 4. */
export function isUsableVersion(version: string): boolean {
  const match = /^v?(\d+)\.(\d+)\.(\d+)(?:[-+].*)?$/.exec(version.trim());
  if (match === null) return false;
  const numbers = match.slice(1).map(Number);
  if (numbers[0] !== oldestUsable[0]) return false;
  const difference = numbers.map((number, index) => number - (oldestUsable[index] ?? 0)).find((n) => n !== 0);
  return difference === undefined || difference > 0;
}
