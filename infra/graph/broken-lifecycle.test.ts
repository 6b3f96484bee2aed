import { testRefused, type RefusedFields } from './refused-fields.ts';

/** Fields that say when a service starts, when it ends, and how a new version replaces it. */
const services: RefusedFields[] = [
  [
    '  source: app\n    dependsOn: { web: ready, db: ready, wob: ready }\n  db: { source: app, restart: never }',
    '5:18  services.web.dependsOn.web: a service cannot wait for itself',
    '5:34  services.web.dependsOn.db: "db" runs once: write "db: completed"',
    '5:41  services.web.dependsOn.wob: there is no service "wob"; did you mean "web"?',
  ],
  [
    '  source: app\n    dependsOn: { db: completed }\n  db: { source: app, dependsOn: [web] }',
    '5:22  services.web.dependsOn.db: "db" does not run once: write "ready", or give it "restart: never" without "port", "health" and "cron"',
    '6:22  services.db.dependsOn.web: services wait for each other to start: db -> web -> db; a reference to a public address (PUBLIC_URL) does not affect the start order',
  ],
  [
    '  source: app\n    restart: never\n    replicas: 2\n    preDeploy: node main.js\n    volume: { path: /a, size: 1Gi }',
    '6:15  services.web.replicas: 2 must be 1 with "volume": replicas cannot share a volume',
    '6:15  services.web.replicas: 2 must be 1: a service with "restart: never" and without "port" and "health" runs once',
    '7:16  services.web.preDeploy: "node main.js" must be left out: a service with "restart: never" and without "port" and "health" runs once',
    '8:5  services.web.volume: a map must be left out: a service with "restart: never" and without "port" and "health" runs once',
  ],
  ...['0 0 * * 7', '0 0 * * 1,5-7', '0 0 * * FRI-SUN'].map((cron): [string, string] => [
    `  source: app\n    cron: ${cron}`,
    `5:11  services.web.cron: "${cron}" must write Sunday as 0 and end ranges with 6 at most: "5,6,0" for 5-7`,
  ]),
  [
    '  source: app\n    cron: "* * * *"',
    '5:11  services.web.cron: "* * * *" is not a cron schedule of five fields, such as "*/5 * * * *"',
  ],
  [
    '  source: app\n    cron: "@dayly"',
    '5:11  services.web.cron: "@dayly" is not a cron schedule of five fields, such as "*/5 * * * *"; did you mean "@daily"?',
  ],
  [
    '  source: app\n    cron: { schedule: "* * *", timezone: Europe/Zuerich, retries: 21 }',
    '5:23  services.web.cron.schedule: "* * *" is not a cron schedule of five fields, such as "*/5 * * * *"',
    '5:42  services.web.cron.timezone: "Europe/Zuerich" is not a time zone, such as Europe/Zurich; did you mean "Europe/Zurich"?',
    '5:67  services.web.cron.retries: 21 is not a whole number from 0 to 20',
  ],
  ...['europe/zurich', 'zurich'].map((name): [string, string] => [
    `  source: app\n    cron: { schedule: "0 0 31 1 *", timezone: ${name} }`,
    `5:47  services.web.cron.timezone: "${name}" is not a time zone, such as Europe/Zurich; did you mean "Europe/Zurich"?`,
  ]),
  [
    '  source: app\n    cron: { schedule: "0 0 31 1 *", timezone: PST }',
    '5:47  services.web.cron.timezone: "PST" is not a time zone, such as Europe/Zurich',
  ],
  ['  source: app\n    cron: "0 0 31 2 *"', '5:11  services.web.cron: "0 0 31 2 *" never matches a date'],
  [
    '  source: app\n    cron: "0 0 * * *"\n    minReady: 5s',
    '6:15  services.web.minReady: "5s" must be left out: a service with "cron" exits after each run',
  ],
  [
    '  source: app\n    rollout: { strategy: canary }',
    '5:5  services.web.rollout.steps: is missing: "canary" needs the shares of the requests, such as [10%, 50%]',
    '5:5  services.web.rollout.analysis: is missing: without it nothing decides whether the new version stays',
    '5:26  services.web.rollout.strategy: "canary" needs "port" and "health.path": the answers are counted where HTTP requests are balanced',
  ],
  [
    '  source: app\n    rollout: { strategy: rolling, steps: [50%, 50%, 100%], analysis: { errors: 1%, p99: <1h, for: 0 } }',
    '5:35  services.web.rollout.steps: a list must be left out: only "canary" has steps',
    '5:35  services.web.rollout.steps: a list must grow from step to step',
    '5:53  services.web.rollout.steps.2: "100%" is not a percentage of the requests from 1% to 99%, such as 10%',
    '5:60  services.web.rollout.analysis: a map must be left out: "rolling" has no analysis',
    '5:80  services.web.rollout.analysis.errors: "1%" is not an upper limit from <0.01% to <100%, such as <1%',
    '5:89  services.web.rollout.analysis.p99: "<1h" is not an upper limit from <1ms to <60s, such as <500ms',
    '5:99  services.web.rollout.analysis.for: 0 must be at least 1s',
  ],
  [
    '  source: app\n    rollout: { strategy: blueGreen, analysis: { for: 1m } }',
    '5:26  services.web.rollout.strategy: "blueGreen" needs "port" and "health.path": the answers are counted where HTTP requests are balanced',
    '5:37  services.web.rollout.analysis.errors: is missing: an analysis needs "errors" or "p99"',
  ],
  [
    '  source: app\n    cron: "0 0 * * *"\n    port: 80\n    replicas: 2',
    '6:11  services.web.port: 80 must be left out: a service with "cron" exits after each run, so it cannot accept connections',
    '7:15  services.web.replicas: 2 must be 1 or left out with "cron": runs never overlap',
  ],
  [
    '  source: app\n    preDeploy: 7',
    '5:16  services.web.preDeploy: 7 is not a command, a list of commands, or a map with command, variables, migrations and backwardCompatible',
  ],
  ['  source: app\n    preDeploy: [""]', '5:17  services.web.preDeploy.0: "" is not a command'],
  ...['/sql/*', '../*.sql', 'sql/./*', 'sql/{.,}./*', 'sql\\*', ''].map((pattern): [string, string] => [
    `  source: app\n    preDeploy: { command: node migrate.js, migrations: '${pattern}' }`,
    `5:56  services.web.preDeploy.migrations: ${JSON.stringify(pattern)} is not a pattern of files inside the source folder, such as migrations/*.sql: * and ? match parts of names, ** matches folders`,
  ]),
  ...['*a*a*ab', 'sql/*a*/***', '**/**/x/**/*.sql'].map((pattern): [string, string] => [
    `  source: app\n    preDeploy: { command: node migrate.js, migrations: '${pattern}' }`,
    `5:56  services.web.preDeploy.migrations: ${JSON.stringify(pattern)} must have at most 2 stars in each part between slashes, and at most 2 parts that are **`,
  ]),
  [
    `  source: app\n    preDeploy: { command: node migrate.js, migrations: ${'a'.repeat(257)} }`,
    `5:56  services.web.preDeploy.migrations: "${'a'.repeat(75)}…" is not a pattern of at most 256 characters`,
  ],
  [
    '  source: app\n    preDeploy: { command: node migrate.js, migrations: sql/*.sql }',
    '5:56  services.web.preDeploy.migrations: "sql/*.sql" matches no file in the folder "app"',
  ],
  [
    "  image: acme/app:1\n    preDeploy: { command: ./migrate, migrations: '*.sql' }",
    '5:50  services.web.preDeploy.migrations: "*.sql" must be left out: an image service has no source folder that contains the files',
  ],
  ['  source: app\n    drain: 48h', '5:12  services.web.drain: "48h" must be at most 24h'],
  [
    '  source: app\n    restart: { policy: onfailure }',
    '5:24  services.web.restart.policy: "onfailure" is not one of on-failure, always, never; did you mean "on-failure"?',
  ],
];

testRefused(services);
