import type { Socket } from 'node:net';
import { rateLimitKey } from '../../../services/gateway/client.ts';

/** Requests that one connection may send before the first of them is answered. */
const mostAhead = 32;

/** How many connections may be open: of all clients, and of one (of a whole /64, which one IPv6 customer owns). */
export interface ConnectionLimits {
  all: number;
  perClient: number;
}

/**
 * The open connections, so that there are never too many. One that waits for a request, or for the rest of its head,
 * makes room for a new one, the longest waiting first: whoever opens connections and says nothing loses those, and
 * nobody whose request is being answered does.
 */
export class Connections {
  readonly #limits: ConnectionLimits;
  readonly #clients = new Map<string, Client>();
  /** Requests that are being answered, by open connection. */
  readonly #busy = new Map<Socket, number>();
  /** Oldest first. */
  readonly #waiting = new Set<Socket>();
  #isDraining = false;

  constructor(limits: ConnectionLimits) {
    this.#limits = limits;
  }

  /** False where there is no room, and nobody who waits could make some. */
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
   * Counts a request until the returned function is called. Undefined where the connection was not let in, or has just
   * sent too many requests ahead and is closed.
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

  /** Closes the connections that wait, now and from now on. */
  drain(): void {
    this.#isDraining = true;
    for (const socket of this.#waiting) socket.destroy();
  }

  /** Cuts what is still open. */
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

/** Of the other end, while it is open. */
export function addressOf({ remoteAddress = 'unknown' }: Socket): string {
  return remoteAddress.replace(/^::ffff:/, '');
}
