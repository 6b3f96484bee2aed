import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { codeOf } from '../../../../tools/error-code.ts';

/** The orders that a balancer obeys. It needs them again when its container restarts. */
export interface KeptOrders {
  /** DNS names of the replicas that serve while all others are held back; absent without a hold. */
  held?: string[];
  /** DNS names of the replicas that are tried out. */
  canary: string[];
  weight: number;
  finished: boolean;
  steps: number[];
}

/** Where a balancer keeps its orders. */
export interface OrderMemory {
  read(): KeptOrders | undefined;
  /** `undefined`: no order is in force. */
  write(orders: KeptOrders | undefined): void;
}

/** Keeps orders in a file of `folder`. Keeps none if the folder does not exist: the image of an older version has none. */
export function fileMemory(folder: string): OrderMemory {
  const file = join(folder, 'orders.json');
  return {
    read() {
      try {
        return JSON.parse(readFileSync(file, 'utf8')) as KeptOrders;
      } catch (error) {
        if (codeOf(error) === 'ENOENT') return undefined;
        throw error;
      }
    },
    write(orders) {
      if (orders === undefined) return rmSync(file, { force: true });
      if (!existsSync(folder)) return;
      writeFileSync(`${file}.new`, JSON.stringify(orders));
      renameSync(`${file}.new`, file);
    },
  };
}
