import { startLoad, type Load } from './load.ts';
import { shiftOf } from './shifts.ts';

const reads = ['/api/v1/shifts?pageSize=5', '/', '/api/v1/shifts?pageSize=5', '/assets/0/page.js'];

/** Sends reads, pages and writes: one request in five is not safe to repeat. */
export function startTraffic(url: string, label: string, size: { rate: number; total?: number }): Load {
  return startLoad({
    ...size,
    url,
    request: (index) => {
      const path = reads[index % 5];
      if (path !== undefined) return { method: 'GET', path };
      return { method: 'POST', path: '/api/v1/shifts', body: shiftOf(`${label} ${index}`) };
    },
  });
}

/** Sends only reads and pages, which the gateway may retry. */
export function startReads(url: string, size: { rate: number; total?: number }): Load {
  return startLoad({
    ...size,
    url,
    request: (index) => ({ method: 'GET', path: reads[index % reads.length]! }),
  });
}
