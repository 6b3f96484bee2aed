import { Type } from 'typebox';
import type { Pool, PoolClient } from 'pg';
import { ErrorBody, HttpError } from '../../shared/errors.ts';
import type { ShiftEventKind } from '../../shared/jobs.ts';
import { transaction } from '../../shared/postgres.ts';
import type { Server } from '../../shared/server.ts';
import { Shift } from '../../shared/shift.ts';
import { addEvent } from '../events/outbox.ts';
import { explainBrokenRule } from './rules.ts';
import { NewShift, ShiftChanges, ShiftId, ShiftPage, ShiftQuery } from './schema.ts';
import { deleteShift, insertShift, listShifts, updateShift } from './store.ts';

/** `/api/v1/shifts`. `onEvent` is called after a committed write, whose event then waits in the outbox. */
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

  app.post(
    url,
    { schema: { body: NewShift, response: { 201: Shift, ...errors } } },
    async (request, reply) => {
      const shift = await write('shift.created', request.id, (client) => insertShift(client, request.body));
      return reply.code(201).send(shift);
    },
  );

  app.patch(
    `${url}/:id`,
    { schema: { params: ShiftId, body: ShiftChanges, response: { 200: Shift, ...errors } } },
    (request) =>
      write('shift.updated', request.id, (client) => updateShift(client, request.params.id, request.body)),
  );

  app.delete(
    `${url}/:id`,
    { schema: { params: ShiftId, response: { 204: Type.Null(), ...errors } } },
    async (request, reply) => {
      await write('shift.deleted', request.id, (client) => deleteShift(client, request.params.id));
      return reply.code(204).send(null);
    },
  );

  /** The write and its event are one transaction: neither can exist without the other. */
  async function write(
    kind: ShiftEventKind,
    correlationId: string,
    change: (client: PoolClient) => Promise<Shift | undefined>,
  ): Promise<Shift> {
    const shift = await transaction(pool, async (client) => {
      const changed = await change(client);
      if (!changed) throw new HttpError(404, 'not_found', 'There is no shift with this id.');
      await addEvent(client, { kind, shift: changed, correlationId });
      return changed;
    }).catch((error: unknown) => {
      throw explainBrokenRule(error);
    });
    onEvent();
    return shift;
  }
}
