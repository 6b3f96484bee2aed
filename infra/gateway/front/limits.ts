import type { ConnectionLimits } from './connections.ts';

/** Maximum number of connections: the memory limit of the gateway's container allows no more. */
const most = 8_192;
/** Number of files that are open in any case. */
const reserve = 128;

/**
 * Returns the limits. A connection uses two files, its own and the one to workerd. One client may use half of all connections. A
 * proxy makes the connections of all clients, so it may use all.
 */
export function connectionLimits(isProxied = false, openFiles = openFileLimit()): ConnectionLimits {
  const all = Math.max(16, Math.min(most, Math.floor((openFiles - reserve) / 2)));
  return { all, perClient: isProxied ? all : Math.ceil(all / 2) };
}

/** Returns the limit of open files. Node raises it to the allowed maximum at its start, and workerd inherits it. */
function openFileLimit(): number {
  // Without this, the report resolves the names of all network addresses.
  Object.assign(process.report, { excludeNetwork: true });
  const { soft } = (process.report.getReport() as unknown as Report).userLimits.open_files;
  return soft === 'unlimited' ? Infinity : soft;
}

interface Report {
  userLimits: { open_files: { soft: number | 'unlimited' } };
}
