import type {
  DependencyState,
  QueueState,
  ReplicaState,
  ServiceState,
  SystemStatus,
} from '../../shared/status.ts';
import { html, type Html } from './html.ts';
import { type AssetUrl, layout } from './layout.ts';
import { age, moment } from './moment.ts';

export interface StatusPage {
  /** Undefined: the api cannot be reached. */
  status: SystemStatus | undefined;
  now: Date;
  asset: AssetUrl;
}

/** Seconds between two updates. A browser without scripts updates less often, since it reloads the whole page. */
const every = 5;
const reload = 15;

const words = {
  healthy: 'Healthy',
  degraded: 'Degraded',
  gone: 'Gone',
  ready: 'Ready',
  not_ready: 'Not ready',
  unknown: 'Unknown',
};

/**
 * Returns the page with all services, their replicas and the queues. The browser replaces elements with `data-live`.
 */
export function statusPage({ status, now, asset }: StatusPage): string {
  const { level, text } = summarize(status);
  return layout({
    title: 'Rota, status',
    asset,
    reload,
    status: html`<p class="live" id="updated" data-live data-state="connected">
      <span class="hidden">Updated at</span> ${now.toISOString().slice(11, 19)} UTC
    </p>`,
    main: html`<div id="status" data-url="/status" data-every="${every}">
        <div class="bar">
          <div>
            <h1>Status</h1>
            <p class="muted" id="deployed" data-live>
              ${status?.lastDeployAt ? html`Last deploy ${moment(status.lastDeployAt, now)}` : 'All times are UTC'}
            </p>
          </div>
          <a class="button" href="/">This week</a>
        </div>
        <p class="overall ${level}" id="overall" data-live data-announce>${text}</p>
        <div class="services" id="services" data-live>
          ${foundation(status?.dependencies)} ${status?.services.map((service) => serviceCard(service, now))}
        </div>
        <div id="queues" data-live>${status && status.queues.length > 0 && queueTable(status.queues)}</div>
      </div>
      <p class="hidden" id="announce" role="status"></p>`,
  });
}

function summarize(status: SystemStatus | undefined): { level: ServiceState['state']; text: string } {
  if (!status) {
    const text =
      'The api cannot be reached, so the state of the other services is unknown. Check Postgres first: the api needs it.';
    return { level: 'gone', text };
  }
  if (!status.complete) {
    const text =
      'Redis cannot be reached. Shifts are still saved; live changes and notifications follow later.';
    return { level: 'degraded', text };
  }
  const wrong = [...status.dependencies, ...status.services].filter(({ state }) => state !== 'healthy');
  const failed = status.queues.reduce((sum, queue) => sum + queue.failed, 0);
  if (wrong.length === 0 && failed === 0) {
    return { level: 'healthy', text: 'All services are healthy, and no job has failed.' };
  }
  const level = wrong.some(({ state }) => state === 'gone') ? 'gone' : 'degraded';
  const problems = wrong.map(({ name, state }) => `${name} is ${state}`);
  if (failed > 0) problems.push(failed === 1 ? 'one job has failed' : `${failed} jobs have failed`);
  const text = problems.join(', ');
  return { level, text: `${text[0]?.toUpperCase()}${text.slice(1)}.` };
}

/**
 * Returns the card of the gateway and the data servers. The gateway is always healthy here: web only accepts requests
 * from it, so a page that reaches the user has passed through it.
 */
function foundation(dependencies: readonly DependencyState[] | undefined): Html {
  const asked = dependencies ?? [{ name: 'postgres' }, { name: 'redis' }];
  return html`<section class="card service" aria-labelledby="foundation">
    <h2 id="foundation">Foundation</h2>
    <ul class="replicas">
      ${foundationRow('gateway', 'healthy', 'delivered this page')}
      ${asked.map((dependency) =>
        'state' in dependency
          ? foundationRow(dependency.name, dependency.state, answerOf(dependency))
          : foundationRow(dependency.name, 'unknown', 'only the api can check it'),
      )}
    </ul>
  </section>`;
}

function answerOf({ state, milliseconds }: DependencyState): string {
  return state === 'gone' ? 'does not answer' : `answers in ${milliseconds} ms`;
}

function foundationRow(name: string, state: keyof typeof words, detail: string): Html {
  return html`<li>
    <span class="name">${name}</span> <span class="state ${state}">${words[state]}</span>
    <span class="muted">${detail}</span>
  </li> `;
}

function serviceCard(service: ServiceState, now: Date): Html {
  const { name, state, periodic, replicas, deployment, deployedAt, seenAt } = service;
  return html`<section class="card service" aria-labelledby="service-${name}">
    <h2 id="service-${name}">${name} <span class="state ${state}">${words[state]}</span></h2>
    ${
      periodic || replicas.length === 0
        ? html`<p>${periodic ? 'Last run' : 'Last seen'} ${moment(seenAt, now)}</p>`
        : html`<ul class="replicas">
            ${replicas.map((replica) => replicaRow(replica, now))}
          </ul>`
    }
    <p class="muted">
      ${periodic ? 'First run' : 'Deployed'} ${moment(deployedAt, now)}
      <code title="${deployment}">${deployment.slice(0, 8)}</code>
    </p>
  </section>`;
}

function replicaRow({ id, state, startedAt, seenAt, failing }: ReplicaState, now: Date): Html {
  const detail =
    state === 'gone'
      ? html`last seen ${moment(seenAt, now)}`
      : html`${failing.length > 0 && `no ${failing.join(', no ')} · `}up ${age(startedAt, now)}`;
  return html`<li>
    <span class="name">${id}</span> <span class="state ${state}">${words[state]}</span>
    <span class="muted">${detail}</span>
  </li> `;
}

function queueTable(queues: QueueState[]): Html {
  return html`<section class="card queues" aria-labelledby="queues-title">
    <h2 id="queues-title">Queues</h2>
    <table>
      <thead>
        <tr>
          <th scope="col"><span class="hidden">Queue</span></th>
          ${['Waiting', 'Active', 'Delayed', 'Failed'].map((title) => html`<th scope="col">${title}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${queues.map(
          ({ name, waiting, active, delayed, failed }) =>
            html`<tr>
              <th scope="row">${name}</th>
              <td>${waiting}</td>
              <td>${active}</td>
              <td>${delayed}</td>
              <td ${failed > 0 && html` class="failed"`}>${failed}</td>
            </tr>`,
        )}
      </tbody>
    </table>
    ${
      queues.some(({ failed }) => failed > 0) &&
      html`<p class="muted">
        <code>npx --no -- railhead jobs</code> lists the failed ones and tries them again with
        <code>--retry</code>.
      </p>`
    }
  </section>`;
}
