import type { QueueState, ReplicaState, ServiceState, SystemStatus } from '../../shared/status.ts';
import type { AssetUrl } from '../assets.ts';
import { html, type Html } from '../html.ts';
import { layout } from './layout.ts';
import { age, moment } from './moment.ts';

export interface StatusPage {
  /** Undefined: the api cannot be reached. */
  status: SystemStatus | undefined;
  now: Date;
  asset: AssetUrl;
}

/** Seconds between two looks; a browser without scripts looks less often, since it loads the whole page. */
const every = 5;
const reload = 15;

const words = {
  healthy: 'Healthy',
  degraded: 'Degraded',
  gone: 'Gone',
  ready: 'Ready',
  not_ready: 'Not ready',
};

/** Every service, its replicas and the queues. What has `data-live` is what the browser replaces. */
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
          ${status?.services.map((service) => serviceCard(service, now))}
        </div>
        <div id="queues" data-live>${status && status.queues.length > 0 && queueTable(status.queues)}</div>
      </div>
      <p class="hidden" id="announce" role="status"></p>`,
  });
}

function summarize(status: SystemStatus | undefined): { level: ServiceState['state']; text: string } {
  if (!status) {
    const text = 'The api cannot be reached, so nothing is known of the others. Looking again in a moment.';
    return { level: 'gone', text };
  }
  if (!status.complete) {
    const text =
      'Redis cannot be reached. Shifts are kept all the same; live changes and notifications follow later.';
    return { level: 'degraded', text };
  }
  const wrong = status.services.filter(({ state }) => state !== 'healthy');
  if (wrong.length === 0) return { level: 'healthy', text: 'All services are healthy.' };
  const level = wrong.some(({ state }) => state === 'gone') ? 'gone' : 'degraded';
  return { level, text: `${wrong.map(({ name, state }) => `${name} is ${state}`).join(', ')}.` };
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
        <code>npx railhead jobs</code> lists the failed ones and tries them again with <code>--retry</code>.
      </p>`
    }
  </section>`;
}
