import { hostname } from 'node:os';
import { machineId } from '../../common/machine.ts';
import { ownIdentity } from '../../common/process-identity.ts';
import type { HistoryRecord } from './record.ts';

/** Names this process in records. */
export function ownWriter(): HistoryRecord['writer'] {
  const machine = machineId();
  return { host: hostname(), ...(machine && { machine }), ...ownIdentity() };
}
