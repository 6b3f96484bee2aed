import assert from 'node:assert/strict';
import { test } from 'vitest';
import { graphOf } from '../scratch-graph.ts';
import { drawMermaid } from './mermaid.ts';
import { drawSvg } from './svg.ts';
import { drawText } from './text.ts';

const text = `
name: shop
services:
  end: { source: app, port: 3000, replicas: 2, variables: { A: "\${{jobs.URL}}", B: "\${{db.URL}}" } }
  jobs: { image: acme/jobs:1, port: 3001, ports: { ui: { port: 3002, protocol: http } }, replicas: { min: 0, max: 4, queue: { name: q, size: 9, from: jobs } }, metrics: /metrics }
  nightly: { source: app, cron: { schedule: 0 3 * * *, timezone: Europe/Zurich }, variables: { A: "\${{db.URL}}" } }
  db: { type: postgres }
gateway:
  domain: shop.example
  routes: [{ path: /*, to: end }, { host: jobs.example, path: /*, to: jobs, port: ui }]
  rateLimit: { requests: 5, period: 10s }
`;

test('draws a table in start order', (t) => {
  assert.equal(
    drawText(graphOf(t, text)),
    `shop in test: 4 services, 3 edges

STEP  SERVICE  WHAT         RUNS                          STARTS AFTER, CONNECTS TO
1     db       postgres 17  :5432                         -
      jobs     acme/jobs:1  :3001,3002 ×0–4               -
2     end      app          :3000 ×2                      db, jobs
      nightly  app          cron 0 3 * * * Europe/Zurich  db

gateway :8080 (shop.example, 5 requests in 10s)
  /*              → end
  jobs.example/*  → jobs:ui`,
  );
});

test('draws a Mermaid flow chart, also of services named like Mermaid keywords', (t) => {
  assert.equal(
    drawMermaid(graphOf(t, text)),
    `flowchart TD
  gateway(["<b>gateway</b><br>:8080"])
  gateway -->|"/*"| s-end
  gateway -->|"jobs.example/*"| s-jobs
  s-db[("<b>db</b><br>:5432")]
  s-jobs["<b>jobs</b><br>:3001,3002 ×0–4"]
  s-end["<b>end</b><br>:3000 ×2"]
  s-nightly{{"<b>nightly</b><br>cron 0 3 * * * Europe/Zurich"}}
  s-end --> s-db
  s-end --> s-jobs
  s-nightly --> s-db`,
  );
});

test('draws an SVG with every service and edge once', async (t) => {
  const svg = await drawSvg(graphOf(t, text));
  assert.match(svg, /<svg [^]*<\/svg>\s*$/);
  const titles = [...svg.matchAll(/<title>([^<]+)<\/title>/g)].map(([, title]) => title);
  const nodes = ['shop', 'gateway', 'db', 'jobs', 'end', 'nightly'];
  const edges = ['gateway', 'gateway', 'end', 'end', 'nightly'].map(
    (from, i) => `${from}&#45;&gt;${['end', 'jobs', 'db', 'jobs', 'db'][i]}`,
  );
  assert.deepEqual(titles.toSorted(), [...nodes, ...edges].toSorted());
});
