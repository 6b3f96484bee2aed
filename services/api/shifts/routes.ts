import type { FastifyReply } from 'fastify';
import { Type } from 'typebox';
import type { Pool, PoolClient } from 'pg';
import { ErrorBody, HttpError } from '../../shared/errors.ts';
import type { ShiftEventKind } from '../../shared/jobs.ts';
import { transaction } from '../../shared/postgres.ts';
import type { Server } from '../../shared/server.ts';
import { VersionedShift } from '../../shared/shift.ts';
import { addEvent } from '../events/outbox.ts';
import { explainBrokenRule } from './rules.ts';
import { NewShift, ShiftChanges, ShiftId, ShiftPage, ShiftQuery } from './schema.ts';
import { deleteShift, findShift, insertShift, listShifts, updateShift } from './store.ts';
import { etagOf, versionCheck } from './version.ts';

/** Adds `/api/v1/shifts`. Calls `onEvent` after each committed write, when its event is in the outbox. */
export function addShiftRoutes(app: Server, { pool, onEvent }: { pool: Pool; onEvent: () => void }): void {
  const url = '/api/v1/shifts';
  const errors = { '4xx': ErrorBody, '5xx': ErrorBody };

  app.get(
    url,
    { schema: { querystring: ShiftQuery, response: { 200: ShiftPage, ...errors } } },
    async (request) => {
      const { page, pageSize } = request.query;
      const { shifts, total } = await listShifts(pool, request.query);
      return { data: shifts, meta: { page, pageSize, total } };
    },
  );

  app.get(
    `${url}/:id`,
    { schema: { params: ShiftId, response: { 200: VersionedShift, ...errors } } },
    async (request, reply) => send(reply, await findShift(pool, request.params.id)),
  );

  app.post(
    url,
    { schema: { body: NewShift, response: { 201: VersionedShift, ...errors } } },
    async (request, reply) => {
      const shift = await write('shift.created', request.id, (client) => insertShift(client, request.body));
      return send(reply.code(201), shift);
    },
  );

  app.patch(
    `${url}/:id`,
    { schema: { params: ShiftId, body: ShiftChanges, response: { 200: VersionedShift, ...errors } } },
    async ({ id: correlationId, params, body, headers }, reply) => {
      const check = versionCheck(headers['if-match']);
      const shift = await write('shift.updated', correlationId, (client) =>
        updateShift(client, params.id, body, check),
      );
      return send(reply, shift);
    },
  );

  app.delete(
    `${url}/:id`,
    { schema: { params: ShiftId, response: { 204: Type.Null(), ...errors } } },
    async ({ id: correlationId, params, headers }, reply) => {
      const check = versionCheck(headers['if-match']);
      await write('shift.deleted', correlationId, (client) => deleteShift(client, params.id, check));
      return reply.code(204).send(null);
    },
  );

  /** Writes the change and its event in one transaction: neither can exist without the other. */
  async function write(
    kind: ShiftEventKind,
    correlationId: string,
    change: (client: PoolClient) => Promise<VersionedShift | undefined>,
  ): Promise<VersionedShift> {
    const shift = await transaction(pool, async (client) => {
      const changed = await change(client);
      if (!changed) throw missing();
      await addEvent(client, { kind, shift: changed, correlationId });
      return changed;
    }).catch((error: unknown) => {
      throw explainBrokenRule(error);
    });
    onEvent();
    return shift;
  }
}

function send(reply: FastifyReply, shift: VersionedShift | undefined): FastifyReply {
  if (!shift) throw missing();
  return reply.header('etag', etagOf(shift.version)).send(shift);
}

function missing(): HttpError {
  return new HttpError(404, 'not_found', 'There is no shift with this id.');
}
