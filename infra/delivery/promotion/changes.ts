import { table } from '../../common/table.ts';
import type { Pin } from '../../releases/schema.ts';

type Pins = Readonly<Record<string, Pin>>;

/** An artifact that differs. */
export interface PinChange {
  service: string;
  before: Pin | undefined;
  after: Pin | undefined;
}

/** Compares the artifacts of two releases. */
export function comparePins(before: Pins, after: Pins): PinChange[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted();
  return names
    .map((service) => ({ service, before: before[service], after: after[service] }))
    .filter(({ before, after }) => nameOf(before) !== nameOf(after));
}

/** Draws one line for each artifact that differs: `api  ad4bcd77e8335c21 → 9f3c51d07b2e4a68`. */
export function drawChanges(changes: readonly PinChange[], width: number): string[] {
  return table(
    changes.map(({ service, before, after }) => {
      const isRebuilt = before !== undefined && before.hash === after?.hash;
      const shown = (pin: Pin | undefined) =>
        pin === undefined ? '-' : isRebuilt ? `${pin.hash} (${digestOf(pin)})` : pin.hash;
      return [service, shown(before), '→', shown(after)];
    }),
    width,
  );
}

function nameOf(pin: Pin | undefined): string {
  return JSON.stringify([pin?.hash, pin?.content, pin?.image]);
}

/** The same inputs can be built to other files. */
function digestOf({ content, image }: Pin): string {
  return (image ?? content ?? '').replace(/^.*sha256:/, '').slice(0, 12);
}
