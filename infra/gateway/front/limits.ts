import type { ConnectionLimits } from './connections.ts';

/** More would take memory that containers of ours do not have. */
const most = 8_192;
/** Files that are open whatever comes. */
const reserve = 128;

/** A connection takes two files, its own and the one to workerd; one client can take half of all. */
export function connectionLimits(openFiles = openFileLimit()): ConnectionLimits {
  const all = Math.max(16, Math.min(most, Math.floor((openFiles - reserve) / 2)));
  return { all, perClient: Math.ceil(all / 2) };
}

/** Node has raised it at its start to the highest that is allowed, and workerd inherits it. */
function openFileLimit(): number {
  // Without this, a report asks for the names of all addresses.
  Object.assign(process.report, { excludeNetwork: true });
  const { soft } = (process.report.getReport() as unknown as Report).userLimits.open_files;
  return soft === 'unlimited' ? Infinity : soft;
}

interface Report {
  userLimits: { open_files: { soft: number | 'unlimited' } };
}
