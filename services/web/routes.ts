import { isDeepStrictEqual } from 'node:util';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { HttpError } from '../shared/errors.ts';
import type { Server } from '../shared/server.ts';
import type { VersionedShift } from '../shared/shift.ts';
import { type ApiAccess, createApi } from './api/client.ts';
import { ApiRefusal } from './api/request.ts';
import type { NewShift } from './api/schema.ts';
import { errorPages } from './error-pages.ts';
import { changedState, editing, type EditorState } from './pages/editor.ts';
import type { AssetUrl } from './pages/layout.ts';
import { weekPage } from './pages/week.ts';
import { emptyForm, formOf, parseForm, readForm, refusedForm, type ShiftForm } from './weeks/form.ts';
import { dateOf, weekOf, type Week } from './weeks/week.ts';

/** Number of notifications on the page. */
const newsCount = 8;

/** Adds the pages and their form actions. A saved change redirects to its week; a refused one shows the form again. */
export function addRoutes(app: Server, { api: access, asset }: { api: ApiAccess; asset: AssetUrl }): void {
  const page = { errorHandler: errorPages(asset) };

  app.get('/', page, (request, reply) => showWeek(request, reply, currentWeek()));

  app.get<{ Params: { date: string } }>('/weeks/:date', page, (request, reply) => {
    const week = weekOf(request.params.date);
    if (week === undefined) throw new HttpError(404, 'not_found', 'There is no such week.');
    if (week.monday !== request.params.date) return reply.redirect(`/weeks/${week.monday}`);
    return showWeek(request, reply, week);
  });

  app.post('/shifts', page, (request, reply) =>
    save(request, reply, undefined, (shift) => api(request).createShift(shift)),
  );

  app.post<{ Params: { id: string } }>('/shifts/:id', page, (request, reply) => {
    const { id } = request.params;
    return save(request, reply, id, (shift, version) => api(request).updateShift(id, version, shift));
  });

  app.post<{ Params: { id: string } }>('/shifts/:id/delete', page, async (request, reply) => {
    const { id } = request.params;
    const fields = fieldsOf(request);
    try {
      await api(request).deleteShift(id, versionOf(fields));
    } catch (error) {
      if (isRefusal(error, 412)) return showChanged(request, reply, id);
      // Another user has already deleted the shift, which is the wanted result.
      if (!isRefusal(error, 404)) throw error;
    }
    return reply.redirect(weekUrl(weekOfForm(fields)), 303);
  });

  app.get('/*', page, () => {
    throw new HttpError(404, 'not_found', 'There is no page at this address.');
  });

  function api(request: FastifyRequest) {
    return createApi(access, request.id);
  }

  async function showWeek(
    request: FastifyRequest,
    reply: FastifyReply,
    week: Week,
    state?: EditorState,
  ): Promise<FastifyReply> {
    const [shifts, notifications] = await Promise.all([
      api(request).listShifts(week),
      api(request).listNotifications(newsCount),
    ]);
    const now = new Date();
    const editor = state ?? editorState(request, shifts, week, now);
    return reply
      .type('text/html; charset=utf-8')
      .header('cache-control', 'no-store')
      .send(weekPage({ week, shifts, notifications, editor, now, asset }));
  }

  async function save(
    request: FastifyRequest,
    reply: FastifyReply,
    id: string | undefined,
    write: (shift: NewShift, version: number) => Promise<VersionedShift>,
  ): Promise<FastifyReply> {
    const fields = fieldsOf(request);
    const form = readForm(fields);
    const version = versionOf(fields);
    const state = { ...(id !== undefined && { id, version }), form };
    const parsed = parseForm(form);
    if ('errors' in parsed) {
      return showWeek(request, reply.code(400), weekOfForm(fields), { ...state, errors: parsed.errors });
    }
    try {
      return redirectTo(reply, await write(parsed.shift, version));
    } catch (error) {
      if (id !== undefined && isRefusal(error, 412)) return showChanged(request, reply, id, form);
      if (!(error instanceof ApiRefusal)) throw error;
      const refused = { ...(error.status === 404 ? { form } : state), ...refusedForm(error) };
      return showWeek(request, reply.code(error.status), weekOfForm(fields), refused);
    }
  }

  /** Shows `mine` and the newest version after another user's change. Writes nothing until the user has chosen one. */
  async function showChanged(
    request: FastifyRequest,
    reply: FastifyReply,
    id: string,
    mine?: ShiftForm,
  ): Promise<FastifyReply> {
    const newest = await api(request).readShift(id);
    if (mine && isDeepStrictEqual(mine, formOf(newest))) return redirectTo(reply, newest);
    const week = weekOf(dateOf(newest.start)) ?? currentWeek();
    return showWeek(request, reply.code(412), week, changedState(newest, mine));
  }
}

function redirectTo(reply: FastifyReply, { id, start }: VersionedShift): FastifyReply {
  return reply.redirect(`${weekUrl(weekOf(dateOf(start)) ?? currentWeek())}#shift-${id}`, 303);
}

function isRefusal(error: unknown, status: number): error is ApiRefusal {
  return error instanceof ApiRefusal && error.status === status;
}

/** Returns the version that the form was opened with. Without one returns 0, which matches no shift. */
function versionOf(fields: URLSearchParams): number {
  const version = fields.get('version') ?? '';
  return /^\d{1,9}$/.test(version) ? Number(version) : 0;
}

function editorState(
  request: FastifyRequest,
  shifts: readonly VersionedShift[],
  week: Week,
  now: Date,
): EditorState {
  const { edit } = request.query as { edit?: unknown };
  const shift = shifts.find(({ id }) => id === edit);
  if (shift !== undefined) return editing(shift);
  const gone = edit === undefined ? {} : { problem: 'This shift is no longer in this week.' };
  return { form: emptyForm(week, now), errors: {}, ...gone };
}

function fieldsOf(request: FastifyRequest): URLSearchParams {
  return request.body instanceof URLSearchParams ? request.body : new URLSearchParams();
}

/** Returns the week from which the form was sent. */
function weekOfForm(fields: URLSearchParams): Week {
  return weekOf(fields.get('week') ?? '') ?? currentWeek();
}

function currentWeek(): Week {
  return weekOf(dateOf(new Date())) as Week;
}

function weekUrl({ monday }: Week): string {
  return `/weeks/${monday}`;
}
