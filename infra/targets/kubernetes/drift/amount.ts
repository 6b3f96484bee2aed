import { isDeepStrictEqual } from 'node:util';
import type { Step } from './step.ts';

/** Fields below which the API server may write an amount in another way: `1000m` for `1`, `1Gi` for `1024Mi`. */
const amounts = ['limits', 'requests', 'sizeLimit', 'averageValue', 'storage', 'capacity'];

const units: Record<string, number> = {
  ...{ n: 1e-9, u: 1e-6, m: 1e-3, '': 1, k: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15, E: 1e18 },
  ...Object.fromEntries(
    ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'].map((unit, index) => [unit, 1024 ** (index + 1)]),
  ),
};

/** Whether two values mean the same to the API server. A port can be a number or a text. */
export function sameAmount(one: unknown, other: unknown, path: readonly Step[]): boolean {
  if (isDeepStrictEqual(one, other)) return true;
  if (!isScalar(one) || !isScalar(other)) return false;
  if (String(one) === String(other)) return true;
  if (!path.some((step) => amounts.includes(String(step)))) return false;
  const [first, second] = [amountOf(String(one)), amountOf(String(other))];
  return first !== undefined && first === second;
}

function isScalar(value: unknown): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

function amountOf(text: string): number | undefined {
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?(?:e\d+)?)([a-zA-Z]*)$/.exec(text) ?? [];
  const factor = units[unit];
  // Thousandths of the smallest unit are rounded away.
  return number === undefined || factor === undefined
    ? undefined
    : Math.round(Number(number) * factor * 1e9) / 1e9;
}
