import type { Socket } from 'node:net';
import { rateLimitKey } from '../worker/client.ts';

/** Number of pipelined requests that one connection may have open. */
const mostAhead = 32;

/** Maximum number of open connections of all clients, and of one client (for IPv6, of one /64). */
export interface ConnectionLimits {
  all: number;
  perClient: number;
}

/**
 * Limits the number of open connections. At a limit, a new connection replaces an idle one, which waits for a request
 * or for the rest of its head; the one that has waited longest is closed first. A client that opens connections and
 * sends nothing loses those, while connections with a request in progress stay open.
 */
export class Connections {
  readonly #limits: ConnectionLimits;
  readonly #clients = new Map<string, Client>();
  /** Number of requests in progress, by open connection. */
  readonly #busy = new Map<Socket, number>();
  /** Oldest first. */
  readonly #waiting = new Set<Socket>();
  #isDraining = false;

  constructor(limits: ConnectionLimits) {
    this.#limits = limits;
  }

  /** Adds a connection. Returns false if a limit is reached and no connection is idle. */
  add(socket: Socket): boolean {
    const key = keyOf(socket);
    const client = this.#clients.get(key) ?? { open: 0, waiting: new Set() };
    if (client.open >= this.#limits.perClient && !this.#close(client.waiting)) return false;
    if (this.#busy.size >= this.#limits.all && !this.#close(this.#waiting)) return false;
    client.open++;
    this.#clients.set(key, client);
    this.#busy.set(socket, 0);
    this.#wait(socket, client);
    socket.once('close', () => this.#remove(socket, key));
    return true;
  }

  /**
   * Counts a request as in progress until the returned function is called. Returns undefined if the connection was not
   * accepted, or if it was just closed for too many pipelined requests.
   */
  begin(socket: Socket): (() => void) | undefined {
    const client = this.#clients.get(keyOf(socket));
    const others = this.#busy.get(socket);
    if (client === undefined || others === undefined) return undefined;
    if (others === mostAhead) return void socket.destroy();
    this.#busy.set(socket, others + 1);
    this.#waiting.delete(socket);
    client.waiting.delete(socket);
    return () => {
      const busy = this.#busy.get(socket);
      if (busy === undefined) return;
      this.#busy.set(socket, busy - 1);
      if (busy === 1) this.#wait(socket, client);
    };
  }

  /** Closes idle connections now, and others when they become idle. */
  drain(): void {
    this.#isDraining = true;
    for (const socket of this.#waiting) socket.destroy();
  }

  /** Closes all open connections at once. */
  destroy(): void {
    for (const socket of this.#busy.keys()) socket.destroy();
  }

  #wait(socket: Socket, client: Client): void {
    if (this.#isDraining) socket.destroySoon();
    this.#waiting.add(socket);
    client.waiting.add(socket);
  }

  #close(waiting: Set<Socket>): boolean {
    const [oldest] = waiting;
    if (oldest === undefined) return false;
    this.#remove(oldest, keyOf(oldest));
    oldest.destroy();
    return true;
  }

  #remove(socket: Socket, key: string): void {
    const client = this.#clients.get(key);
    if (client === undefined || !this.#busy.delete(socket)) return;
    this.#waiting.delete(socket);
    client.waiting.delete(socket);
    if (--client.open === 0) this.#clients.delete(key);
  }
}

interface Client {
  open: number;
  /** Oldest first. */
  waiting: Set<Socket>;
}

function keyOf(socket: Socket): string {
  return rateLimitKey(addressOf(socket));
}

/** Returns the client's address while the connection is open. */
export function addressOf({ remoteAddress = 'unknown' }: Socket): string {
  return remoteAddress.replace(/^::ffff:/, '');
}
