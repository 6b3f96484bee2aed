import { performance } from 'node:perf_hooks';
import { Counter, Gauge, type Registry } from 'prom-client';

/**
 * Registers the usual process metrics under the names that Prometheus' client libraries use. The library's default set
 * also observes every garbage collection and wakes the process a hundred times a second; this one works only on a
 * scrape.
 */
export function addProcessMetrics(register: Registry): void {
  new Counter({
    name: 'process_cpu_seconds_total',
    help: 'User and system CPU time.',
    registers: [register],
    collect() {
      this.reset();
      this.inc(cpuSeconds());
    },
  });
  const values: [name: string, help: string, value: () => number][] = [
    ['process_start_time_seconds', 'Start of the process since the Unix epoch.', () => startTime],
    ['process_resident_memory_bytes', 'Resident memory.', () => process.memoryUsage.rss()],
    ['nodejs_heap_size_total_bytes', 'Size of the heap.', () => process.memoryUsage().heapTotal],
    ['nodejs_heap_size_used_bytes', 'Part of the heap that is used.', () => process.memoryUsage().heapUsed],
    [
      'nodejs_eventloop_utilization',
      'Fraction of time since the start that the event loop was busy.',
      utilization,
    ],
  ];
  for (const [name, help, value] of values) {
    new Gauge({
      name,
      help,
      registers: [register],
      collect() {
        this.set(value());
      },
    });
  }
}

const startTime = performance.timeOrigin / 1_000;

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

function utilization(): number {
  return performance.eventLoopUtilization().utilization;
}
