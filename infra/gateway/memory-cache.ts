/**
 * A replacement of Cloudflare's `caches.default` for a self-hosted workerd, which has no cache. Stores about `capacity`
 * bytes and removes the oldest entries first.
 *
 * `workerd-config.ts` passes the source of this function to workerd as a module, so it must not use any other code.
 */
export function memoryCache({ capacity }: { capacity: number }) {
  /** Estimated size of an entry without key and body, so that empty responses count too. */
  const overhead = 1_024;
  const entries = new Map<string, { headers: Headers; body: ArrayBuffer; stored: number; ends: number }>();
  let size = 0;

  function sizeOf(key: string, body: ArrayBuffer): number {
    return key.length + body.byteLength + overhead;
  }

  function remove(key: string): void {
    const entry = entries.get(key);
    if (entry === undefined) return;
    size -= sizeOf(key, entry.body);
    entries.delete(key);
  }

  return {
    match: (key: string): Promise<Response | undefined> => {
      const entry = entries.get(key);
      const now = Date.now();
      if (entry === undefined || entry.ends <= now) {
        remove(key);
        return Promise.resolve(undefined);
      }
      const headers = new Headers(entry.headers);
      headers.set('age', String(Math.floor((now - entry.stored) / 1000)));
      return Promise.resolve(new Response(entry.body, { headers }));
    },

    put: async (key: string, response: Response): Promise<void> => {
      const seconds = Number(/max-age=(\d+)/.exec(response.headers.get('cache-control') ?? '')?.[1] ?? 0);
      const body = await response.arrayBuffer();
      remove(key);
      for (const oldest of entries.keys()) {
        if (size + sizeOf(key, body) <= capacity) break;
        remove(oldest);
      }
      if (size + sizeOf(key, body) > capacity) return;
      const stored = Date.now();
      entries.set(key, {
        headers: new Headers(response.headers),
        body,
        stored,
        ends: stored + seconds * 1000,
      });
      size += sizeOf(key, body);
    },
  };
}
