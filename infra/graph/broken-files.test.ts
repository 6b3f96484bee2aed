import assert from 'node:assert/strict';
import { test } from 'vitest';
import { check } from './scratch-graph.ts';

/** Contents of files, and the expected problems with line and column. */
const files: [text: string, ...expected: string[]][] = [
  [
    'name: My System\nservices: { web: { source: app } }',
    '1:7  name: "My System" is not a name: lower-case letters, digits and "-", starting with a letter, at most 40 characters',
  ],
  ['name: x\nservices: {}', '2:1  services: a map must contain at least one service'],
  [
    'name: x\nservices: { Web: { source: app } }',
    '2:13  services.Web: "Web" is not a name: lower-case letters, digits and "-", starting with a letter, at most 40 characters; write "web", which ${{Web.…}} refers to as well',
  ],
  [
    'name: x\nservices: { API_Web: { source: app } }',
    '2:13  services.API_Web: "API_Web" is not a name: lower-case letters, digits and "-", starting with a letter, at most 40 characters; write "api-web", which ${{API_Web.…}} refers to as well',
  ],
  [
    'name: x\nservices:\n  API_Web: { source: app, port: 80 }\n  b: { source: app, dependsOn: [API_Web, a/b], variables: { U: "${{API_Web.URL}}" } }',
    '3:3  services.API_Web: "API_Web" is not a name: lower-case letters, digits and "-", starting with a letter, at most 40 characters; write "api-web", which ${{API_Web.…}} refers to as well',
    '4:42  services.b.dependsOn.1: "a/b" is not a name: lower-case letters, digits and "-", starting with a letter, at most 40 characters',
  ],
  [
    'name: x\nservices: { gateway: { source: app } }',
    '2:13  services.gateway: "gateway" must be another name: shared, secret, secrets, pulumi, self, gateway, balancer, outside are reserved',
  ],
  [
    'name: x\nservice: { web: { source: app } }',
    '1:1  services: is missing: a map of services',
    '2:1  service: unknown key "service"; did you mean "services"?',
  ],
];

const pulling = (item: string) =>
  `name: x\nservices: { web: { source: app } }\nimagePullSecrets:\n  - ${item}`;
files.push(
  [
    pulling('My_Secret'),
    '4:5  imagePullSecrets.0: "My_Secret" is not the name of a Secret of the namespace, or a map with registry, username and password',
  ],
  [
    pulling('"${{secret.TOKEN}}"'),
    '4:5  imagePullSecrets.0: "${{secret.TOKEN}}" is not the name of a Secret of the namespace, or a map with registry, username and password',
  ],
  [
    pulling('{ registry: https://ghcr.io, username: acme, password: hunter2 }'),
    '4:17  imagePullSecrets.0.registry: "https://ghcr.io" is not a registry, such as ghcr.io or registry.example.com:5000',
    '4:60  imagePullSecrets.0.password: the value is not a reference to a secret, such as ${{secret.REGISTRY_PASSWORD}}',
  ],
  [
    pulling('{ registry: ghcr.io, username: acme, password: "${{secret.A}}" }').replace(
      / {2}- .*/,
      (item) => `${item}\n${item}`,
    ),
    '3:1  imagePullSecrets: a list must contain each registry only once',
  ],
);

const pricing = (prices: string) => `name: x\nservices: { web: { source: app } }\npricing: ${prices}`;
files.push(
  [
    pricing('{ currency: euro, cpuHour: -1, memoryGiBHour: "1", storageGiBMonth: 1 }'),
    '3:22  pricing.currency: "euro" is not a currency code of three letters, such as EUR',
    '3:37  pricing.cpuHour: -1 is not a price, a number that is not negative',
    '3:56  pricing.memoryGiBHour: "1" is not a price, a number that is not negative',
  ],
  [
    pricing('{ currency: EUR, cpu: 1 }'),
    '3:1  pricing.cpuHour: is missing: a price, a number that is not negative',
    '3:1  pricing.memoryGiBHour: is missing: a price, a number that is not negative',
    '3:1  pricing.storageGiBMonth: is missing: a price, a number that is not negative',
    '3:27  pricing.cpu: unknown key "cpu"; known: currency, cpuHour, memoryGiBHour, storageGiBMonth',
  ],
);

const serve = (path: string) => `name: x
services: { web: { source: app, port: 80 } }
gateway: { routes: [{ path: ${path}, to: web }] }`;
for (const path of ['/internal/*', '/internal', '/Health', '/metrics/x']) {
  files.push([
    serve(path),
    `3:29  gateway.routes.0.path: "${path}" is never routed: /internal, /health and /metrics are private`,
  ]);
}
for (const path of ['/..', '/a/../b', '/./*']) {
  files.push([
    serve(path),
    `3:29  gateway.routes.0.path: "${path}" must contain neither . nor .. between slashes`,
  ]);
}

for (const [text, ...expected] of files) {
  test(`refuses ${JSON.stringify(text)}`, (t) => {
    assert.deepEqual(check(t, text), expected);
  });
}
