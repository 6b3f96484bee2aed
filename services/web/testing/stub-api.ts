import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import websocket from '@fastify/websocket';
import Fastify, { type FastifyRequest } from 'fastify';
import type { Notification } from '../../shared/notification.ts';
import type { VersionedShift } from '../../shared/shift.ts';
import type { SystemStatus } from '../../shared/status.ts';
import type { NewShift } from '../api/schema.ts';

interface Socket {
  send(text: string): void;
  close(code: number): void;
  on(event: 'close', listener: () => void): void;
}

export interface StubApi {
  url: string;
  shifts: VersionedShift[];
  notifications: Notification[];
  status: SystemStatus;
  /** Correlation ids of the requests so far. */
  correlationIds: string[];
  /** While set, every request gets this status and body. */
  broken?: { status: number; body: unknown } | undefined;
  /** Number of further requests whose connection is closed without a response. */
  lost: number;
  add(shift: NewShift): VersionedShift;
  /** Closes the live connections with this code. */
  dropSockets(code: number): void;
  close(): Promise<void>;
}

/** Starts an api with its shifts in memory. It has the routes that the page uses, over real HTTP and WebSocket. */
export async function startStubApi(host = '127.0.0.1', port = 0): Promise<StubApi> {
  const app = Fastify({ forceCloseConnections: true });
  await app.register(websocket);
  const sockets = new Set<Socket>();

  const stub: StubApi = {
    url: '',
    shifts: [],
    notifications: [],
    status: { complete: true, lastDeployAt: null, dependencies: [], services: [], queues: [] },
    correlationIds: [],
    lost: 0,
    add(shift) {
      const now = new Date().toISOString();
      const added = { ...shift, id: randomUUID(), createdAt: now, updatedAt: now, version: 1 };
      stub.shifts.push(added);
      announce('shift.created', added);
      return added;
    },
    dropSockets(code) {
      for (const socket of sockets) socket.close(code);
    },
    close: () => app.close(),
  };

  function announce(kind: string, shift: VersionedShift): void {
    const message = `${shift.employee}: ${shift.role}, ${kind.replace('shift.', '')}`;
    const createdAt = new Date().toISOString();
    stub.notifications.unshift({ id: randomUUID(), kind, shiftId: shift.id, message, createdAt });
    for (const socket of sockets) socket.send(JSON.stringify({ type: kind, shift, correlationId: 'stub' }));
  }

  function overlaps(candidate: NewShift, id?: string): boolean {
    return stub.shifts.some(
      (shift) =>
        shift.id !== id &&
        shift.employee === candidate.employee &&
        shift.start < candidate.end &&
        candidate.start < shift.end,
    );
  }

  const overlap = { error: { code: 'overlap', message: 'This employee already has a shift at that time.' } };
  const unknown = { error: { code: 'not_found', message: 'There is no shift with this id.' } };

  const changed = { error: { code: 'changed', message: 'Another user has changed this shift.' } };
  const isSeen = ({ headers }: FastifyRequest, { version }: VersionedShift) =>
    ['*', `"${version}"`].includes(String(headers['if-match']));

  app.addHook('onRequest', async (request, reply) => {
    stub.correlationIds.push(String(request.headers['x-correlation-id']));
    if (stub.lost-- > 0) request.raw.socket.destroy();
    else if (stub.broken) await reply.code(stub.broken.status).send(stub.broken.body);
  });
  app.get('/health', () => ({ status: 'healthy' }));
  app.get('/api/v1/status', () => stub.status);
  app.get('/api/v1/live', { websocket: true }, (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  app.get<{ Querystring: Record<'from' | 'to' | 'page' | 'pageSize', string> }>(
    '/api/v1/shifts',
    ({ query }) => {
      const found = stub.shifts
        .filter((shift) => shift.end > query.from && shift.start < query.to)
        .toSorted((a, b) => a.start.localeCompare(b.start));
      const [page, pageSize] = [Number(query.page), Number(query.pageSize)];
      return {
        data: found.slice((page - 1) * pageSize, page * pageSize),
        meta: { page, pageSize, total: found.length },
      };
    },
  );
  app.post<{ Body: NewShift }>('/api/v1/shifts', ({ body }, reply) =>
    overlaps(body) ? reply.code(409).send(overlap) : reply.code(201).send(stub.add(body)),
  );
  app.get<{ Params: { id: string } }>('/api/v1/shifts/:id', ({ params }, reply) => {
    return stub.shifts.find(({ id }) => id === params.id) ?? reply.code(404).send(unknown);
  });
  app.patch<{ Params: { id: string }; Body: NewShift }>('/api/v1/shifts/:id', (request, reply) => {
    const { params, body } = request;
    const shift = stub.shifts.find(({ id }) => id === params.id);
    if (!shift) return reply.code(404).send(unknown);
    if (!isSeen(request, shift)) return reply.code(412).send(changed);
    if (overlaps(body, params.id)) return reply.code(409).send(overlap);
    Object.assign(shift, body, { updatedAt: new Date().toISOString(), version: shift.version + 1 });
    announce('shift.updated', shift);
    return shift;
  });
  app.delete<{ Params: { id: string } }>('/api/v1/shifts/:id', (request, reply) => {
    const shift = stub.shifts.find(({ id }) => id === request.params.id);
    if (!shift) return reply.code(404).send(unknown);
    if (!isSeen(request, shift)) return reply.code(412).send(changed);
    stub.shifts.splice(stub.shifts.indexOf(shift), 1);
    announce('shift.deleted', shift);
    return reply.code(204).send();
  });
  app.get<{ Querystring: { pageSize: string } }>('/api/v1/notifications', ({ query }) => {
    const pageSize = Number(query.pageSize);
    const data = stub.notifications.slice(0, pageSize);
    return { data, meta: { page: 1, pageSize, total: stub.notifications.length } };
  });

  await app.listen({ host, port });
  stub.url = `http://${host}:${(app.server.address() as AddressInfo).port}`;
  return stub;
}
