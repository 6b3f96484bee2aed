import type { FastifyReply, FastifyRequest } from 'fastify';
import { HttpError } from '../shared/errors.ts';
import type { Server } from '../shared/server.ts';
import type { Shift } from '../shared/shift.ts';
import { type ApiAccess, createApi } from './api/client.ts';
import { ApiRefusal } from './api/request.ts';
import type { NewShift } from './api/schema.ts';
import type { AssetUrl } from './assets.ts';
import { errorPages } from './error-pages.ts';
import { emptyForm, formOf, parseForm, readForm, refusedForm } from './form.ts';
import type { EditorState } from './pages/editor.ts';
import { weekPage } from './pages/week.ts';
import { dateOf, weekOf, type Week } from './week.ts';

/** How many notifications the page shows. */
const newsCount = 8;

/** The pages and what their forms do: a change redirects to its week, a refusal shows the form again. */
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
    return save(request, reply, id, (shift) => api(request).updateShift(id, shift));
  });

  app.post<{ Params: { id: string } }>('/shifts/:id/delete', page, async (request, reply) => {
    await api(request)
      .deleteShift(request.params.id)
      .catch((error: unknown) => {
        // Somebody else was faster: the wish is fulfilled all the same.
        if (!(error instanceof ApiRefusal && error.status === 404)) throw error;
      });
    return reply.redirect(weekUrl(weekOfForm(fieldsOf(request))), 303);
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
    write: (shift: NewShift) => Promise<Shift>,
  ): Promise<FastifyReply> {
    const fields = fieldsOf(request);
    const form = readForm(fields);
    const state = { ...(id !== undefined && { id }), form };
    const parsed = parseForm(form);
    if ('errors' in parsed) {
      return showWeek(request, reply.code(400), weekOfForm(fields), { ...state, errors: parsed.errors });
    }
    try {
      const saved = await write(parsed.shift);
      const week = weekOf(dateOf(saved.start)) ?? weekOfForm(fields);
      return await reply.redirect(`${weekUrl(week)}#shift-${saved.id}`, 303);
    } catch (error) {
      if (!(error instanceof ApiRefusal)) throw error;
      const refused = { ...state, ...refusedForm(error) };
      return showWeek(request, reply.code(error.status), weekOfForm(fields), refused);
    }
  }
}

function editorState(request: FastifyRequest, shifts: readonly Shift[], week: Week, now: Date): EditorState {
  const { edit } = request.query as { edit?: unknown };
  const shift = shifts.find(({ id }) => id === edit);
  if (shift !== undefined) return { id: shift.id, form: formOf(shift), errors: {} };
  const gone = edit === undefined ? {} : { problem: 'This shift is no longer in this week.' };
  return { form: emptyForm(week, now), errors: {}, ...gone };
}

function fieldsOf(request: FastifyRequest): URLSearchParams {
  return request.body instanceof URLSearchParams ? request.body : new URLSearchParams();
}

/** The week from which the form was sent. */
function weekOfForm(fields: URLSearchParams): Week {
  return weekOf(fields.get('week') ?? '') ?? currentWeek();
}

function currentWeek(): Week {
  return weekOf(dateOf(new Date())) as Week;
}

function weekUrl({ monday }: Week): string {
  return `/weeks/${monday}`;
}
