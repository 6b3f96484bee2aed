/** A range of IPv4 addresses from `first` to `last`, as numbers. */
export interface Range {
  first: number;
  last: number;
}

/** Parses a range in CIDR notation, for example `10.93.4.16/28`; undefined if the text is not an IPv4 range. */
export function parseRange(cidr: string): Range | undefined {
  const [, address = '', bits = ''] = /^(\d{1,3}(?:\.\d{1,3}){3})\/(\d{1,2})$/.exec(cidr) ?? [];
  if (address === '') return undefined;
  const size = 2 ** (32 - Number(bits));
  const number = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  const first = Math.floor(number / size) * size;
  return { first, last: first + size - 1 };
}

export function overlap(one: Range, other: Range): boolean {
  return one.first <= other.last && other.first <= one.last;
}

export function formatRange({ first, last }: Range): string {
  const address = [24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256).join('.');
  return `${address}/${32 - Math.log2(last - first + 1)}`;
}
