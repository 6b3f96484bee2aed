const units: Record<string, string> = { k: 'Ki', m: 'Mi', g: 'Gi', t: 'Ti' };

/**
 * Returns a size in the notation of the stack file: `512m`, `1gb`, `512Mi` and a number; undefined for another text.
 *
 * @param unit of a number without one, such as `GB`; default: bytes
 */
export function sizeOf(written: string, unitOfNumber = ''): string | undefined {
  const text = /^\d+$/.test(written) ? `${written}${unitOfNumber}` : written;
  const [, number = '', unit = '', isBinary] = /^(\d+(?:\.\d+)?)\s*([kmgt]?)(i?)b?$/i.exec(text.trim()) ?? [];
  if (number === '') return undefined;
  if (unit === '') return fromBytes(Number(number));
  return `${number}${isBinary === '' ? units[unit.toLowerCase()] : `${unit.toUpperCase()}i`}`;
}

function fromBytes(bytes: number): string | undefined {
  const mebibytes = Math.round(bytes / 2 ** 20);
  if (mebibytes === 0) return undefined;
  return mebibytes % 1024 === 0 ? `${mebibytes / 1024}Gi` : `${mebibytes}Mi`;
}
