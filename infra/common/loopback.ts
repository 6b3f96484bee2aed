/** The address at which a target of one machine publishes ports. Other machines cannot reach it. */
export const publishedHost = '127.0.0.1';

/**
 * Returns whether a host is this machine.
 *
 * @param host as the URL standard writes it, without a port: `localhost`, `127.0.0.1`, `[::1]`
 */
export function isLoopback(host: string): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(host);
}
