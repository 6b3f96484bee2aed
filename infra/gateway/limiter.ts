/**
 * The rate-limit binding for a self-hosted workerd; Cloudflare has its own. A client's window starts with its first
 * request and lasts one period (in seconds).
 *
 * `workerd-config.ts` passes the source of this function to workerd as a module, so it must not use any other code.
 */
export function limiter({ requests, period }: { requests: number; period: number }) {
  const windows = new Map<string, { ends: number; count: number }>();
  let nextSweep = 0;

  return {
    limit: ({ key }: { key: string }): Promise<{ success: boolean }> => {
      const now = Date.now();
      if (now >= nextSweep) {
        for (const [client, { ends }] of windows) if (ends <= now) windows.delete(client);
        nextSweep = now + period * 1000;
      }
      const current = windows.get(key);
      const window =
        current !== undefined && current.ends > now ? current : { ends: now + period * 1000, count: 0 };
      windows.set(key, window);
      window.count += 1;
      return Promise.resolve({ success: window.count <= requests });
    },
  };
}
