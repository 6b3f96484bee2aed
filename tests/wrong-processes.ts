import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { commandMark } from '../infra/targets/process/kinds/unfinished.ts';
import { workloadMark } from '../infra/supervisor/leftovers.ts';
import { listWorkloads } from '../infra/supervisor/workloads.ts';

interface Process {
  pid: number;
  parent: number;
  group: number;
  command: string;
  /** Command line and environment, each entry between two zero bytes. */
  text: string;
}

/** A clone, and the folder of its workloads. */
export interface Workloads {
  root: string;
  services: string;
}

/** Returns one line per problem: each orphan process, and each service with a wrong number of processes. */
export function wrongProcesses({ root, services }: Workloads): string[] {
  const processes = allProcesses();
  const workloads = listWorkloads(services);
  const ours = new Set(
    workloads.flatMap(({ status }) => [
      status?.supervisor.pid,
      ...(status?.replicas ?? []).map(({ pid }) => pid),
    ]),
  );
  const byPid = new Map(processes.map((process) => [process.pid, process]));
  const isOurs = (process: Process | undefined): boolean =>
    process !== undefined && (ours.has(process.pid) || isOurs(byPid.get(process.parent)));
  const marks = readdirSync(services).flatMap((service) => {
    const folder = join(services, service);
    return [workloadMark(folder), commandMark(folder)].flatMap((mark) => Object.entries(mark));
  });
  const isMarked = ({ text }: Process) =>
    text.includes(root) || marks.some(([name, value]) => text.includes(`\0${name}=${value}\0`));

  const orphans = processes
    .filter((process) => process.pid !== globalThis.process.pid && isMarked(process) && !isOurs(process))
    .map(({ pid, command }) => `orphan ${pid} ${command}`);
  const counts = workloads.flatMap(({ name, folder, spec, status }) => {
    const mark = Object.entries(workloadMark(folder)).map(([key, value]) => `\0${key}=${value}\0`);
    const leaders = processes.filter(
      ({ pid, group, text }) => pid === group && mark.every((entry) => text.includes(entry)),
    );
    const recorded = (status?.replicas ?? []).filter(({ pid }) => byPid.has(pid));
    // A Postgres server overwrites its environment, so only its record identifies it.
    const found = Math.max(leaders.length, recorded.length);
    return found === spec.replicas ? [] : [`${name} has ${found} processes instead of ${spec.replicas}`];
  });
  return [...orphans, ...counts];
}

function allProcesses(): Process[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const read = (file: string) => readFileSync(`/proc/${name}/${file}`, 'latin1');
        const stat = read('stat');
        const [state, parent, group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        if (state === 'Z' || state === 'X') return [];
        const command = read('cmdline');
        const text = `\0${command}\0${read('environ')}\0`;
        return [
          {
            pid: Number(name),
            parent: Number(parent),
            group: Number(group),
            command: command.replaceAll('\0', ' '),
            text,
          },
        ];
      } catch {
        return []; // The process has ended.
      }
    });
}
