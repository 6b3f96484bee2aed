import { stringify } from 'yaml';

/** Both sides of a project in which secrets reach previews on every path. */
export type SideName = 'before' | 'after';

const made = new Set<string>();

function canary(side: SideName, path: string): string {
  const value = `${side}-canary-${path}-51c7`;
  made.add(value);
  return value;
}

const both = (path: string) => ({ before: canary('before', path), after: canary('after', path) });
const url = (password: string) => `postgres://outer:${password}@db.example/outer`;
const json = (text: string) => JSON.stringify({ key: text, id: 1 }, undefined, 2);
const lines = (side: SideName) => [canary(side, 'line-one'), canary(side, 'line-two')].join('\n');

/** Secrets with another value on each side, by their name in the config. */
const changed = {
  CHANGED: both('changed'),
  SHARED: both('shared'),
  CHAIN: both('chain'),
  IN_PRE_DEPLOY: both('in-pre-deploy'),
  TEMPLATE: both('template'),
  PART: both('part-of-a-url'),
  WHOLE: { before: url(canary('before', 'whole-url')), after: url(canary('after', 'whole-url')) },
  LINES: { before: lines('before'), after: lines('after') },
  JSON: { before: json(canary('before', 'json "quoted"')), after: json(canary('after', 'json "quoted"')) },
  SYMBOLS: both('&<symbols>+/%20'),
  SHORT: { before: 'q§7', after: 'q§8' },
  // Equal to a variable that is plain on both sides, so it is no canary.
  EQUAL: { before: 'plain-before', after: 'plain-after' },
};

/** Literals of the former side that are secrets of the later one. */
const literal = Object.fromEntries(
  ['variable', 'renamed', 'service', 'shared', 'url', 'json "quoted"', 'pre-deploy', 'mixed'].map((path) => [
    path,
    canary('before', `literal-${path}`),
  ]),
);
const typed = Object.fromEntries(
  ['start', 'command', 'build', 'health', 'argument', 'image', 'username'].map((path) => [
    path,
    canary('before', `typed-${path}`),
  ]),
);
/** Literals of the later side that were secrets of the former one. */
const exposed = { variable: canary('after', 'exposed'), start: canary('after', 'exposed-start') };

/** What the Pulumi program passes. */
export const passed = both('passed');

/** The secrets of the config. */
export const secrets: Record<SideName, Record<string, string>> = { before: {}, after: {} };
for (const [name, { before, after }] of Object.entries(changed)) {
  secrets.before[name] = before;
  secrets.after[name] = after;
}
for (const side of ['before', 'after'] as const) secrets[side].SAME = 'canary-same-51c7';
for (const name of ['REMOVED', 'EXPOSED', 'EXPOSED_START'])
  secrets.before[name] = canary('before', `secret-${name}`);
for (const name of ['ADDED', 'NAMED', 'MOVED', 'GLOBAL', 'URL', 'KEY', 'MIXED', 'START', 'COMMAND', 'BUILD'])
  secrets.after[name] = canary('after', `secret-${name}`);

/** What stands in the stack file of the former side, and is a secret of the later one. */
const literals = [...Object.values(literal), ...Object.values(typed)];

/** What stands in the stack file of the later side, and was a secret of the former one. */
const exposures = Object.values(exposed);

/** What a preview shows nowhere. */
export const canaries = [...made, 'canary-same-51c7', changed.SHORT.before, changed.SHORT.after];

/** What is in no state in plain: a state has the literals of the stack file that it was made of. */
export const sealed = canaries.filter((value) => ![...literals, ...exposures].includes(value));

const secret = (name: string) => `\${{secret.${name}}}`;
const job = { source: 'job', cron: '0 0 31 12 *' };

/** The stack file of an environment on processes. */
export function stackOf(side: SideName): string {
  const old = side === 'before';
  return stringify({
    name: 'shop',
    variables: { SHARED: secret('SHARED'), GLOBAL: old ? literal.shared : secret('GLOBAL') },
    services: {
      db: { type: 'postgres', version: '17' },
      cache: { type: 'redis' },
      whole: { type: 'postgres', port: 5433, external: { url: secret('WHOLE') } },
      part: { type: 'postgres', port: 5434, external: { url: url(secret('PART')) } },
      job: {
        ...job,
        variables: {
          PLAIN: `plain-${side}`,
          EQUAL: secret('EQUAL'),
          [old ? 'REMOVED' : 'ADDED']: secret(old ? 'REMOVED' : 'ADDED'),
          CHANGED: secret('CHANGED'),
          SAME: secret('SAME'),
          TEMPLATE: `Bearer ${secret('TEMPLATE')} for ${side}`,
          SHARED: '${{shared.SHARED}}',
          CHAINED: '${{chain.LINK}}',
          PASSED: 'value:${{pulumi.PASSED}}',
          LINES: secret('LINES'),
          JSON: secret('JSON'),
          SYMBOLS: secret('SYMBOLS'),
          SHORT: secret('SHORT'),
          PGPASSWORD: '${{db.PGPASSWORD}}',
          DATABASE_URL: `\${{db.DATABASE_URL}}?from=${side}`,
          REDIS_URL: `\${{cache.REDIS_URL}}?from=${side}`,
          IDENTITY: `\${{IDENTITY_KEY}} ${side}`,
          WHOLE_URL: '${{whole.DATABASE_URL}}',
          WHOLE_PASSWORD: '${{whole.PGPASSWORD}}',
          PART_URL: '${{part.DATABASE_URL}}',
          PART_PASSWORD: '${{part.PGPASSWORD}}',
        },
        preDeploy: { command: 'true', variables: { IN_PRE_DEPLOY: secret('IN_PRE_DEPLOY') } },
      },
      chain: { ...job, variables: { LINK: secret('CHAIN') } },
      literals: {
        ...job,
        variables: {
          VALUE: old ? literal.variable : secret('ADDED'),
          [old ? 'FORMER_NAME' : 'NAMED']: old ? literal.renamed : secret('NAMED'),
          MIXED: `${secret('SAME')} ${old ? literal.mixed : secret('MIXED')}`,
          GLOBAL: '${{shared.GLOBAL}}',
          URL: old ? url(literal.url ?? '') : secret('URL'),
          KEY: old ? json(literal['json "quoted"'] ?? '') : secret('KEY'),
        },
        preDeploy: { command: 'true', variables: { VALUE: old ? literal['pre-deploy'] : secret('ADDED') } },
      },
      // The literal of another service, which is plain here on both sides.
      repeats: { ...job, start: `node main.js ${literal.variable} ${side}` },
      commands: {
        ...job,
        build: old ? `true ${typed.build}` : 'true $BUILD',
        start: `node main.js --token=${old ? typed.start : '$START'}`,
        preDeploy: { command: [`true --token "${old ? typed.command : '$COMMAND'}"`] },
        variables: old ? {} : { START: secret('START'), COMMAND: secret('COMMAND'), BUILD: secret('BUILD') },
      },
      exposes: {
        ...job,
        start: `node main.js ${old ? '$TOKEN' : exposed.start}`,
        variables: old
          ? { VALUE: secret('EXPOSED'), TOKEN: secret('EXPOSED_START') }
          : { VALUE: exposed.variable },
      },
      [old ? 'former' : 'moved']: {
        ...job,
        variables: { VALUE: old ? literal.service : secret('MOVED') },
      },
    },
  });
}

/** The stack file of an environment with containers, which is compared by commits. */
export function containersOf(side: SideName): string {
  const old = side === 'before';
  return stringify({
    name: 'shop',
    services: {
      api: {
        source: 'image',
        dockerfile: 'Dockerfile',
        port: 3000,
        health: { path: old ? `/health/${typed.health}` : '/health' },
        buildVariables: old ? ['NPM_TOKEN', 'LEVEL'] : ['LEVEL'],
        variables: {
          NPM_TOKEN: old ? typed.argument : secret('NPM_TOKEN'),
          LEVEL: side,
          ...(!old && { HOOK: secret('HOOK') }),
        },
      },
      worker: {
        image: `acme/worker:${side}`,
        start: old ? `work --key '${typed.image}'` : 'work',
        variables: old ? {} : { WORK_KEY: secret('WORK_KEY') },
      },
    },
    gateway: { routes: [{ path: '/*', to: 'api' }] },
  });
}

/** The stack file of an environment on a cluster, with the credentials of a registry. */
export function clusterOf(side: SideName): string {
  const old = side === 'before';
  const login = { username: old ? typed.username : 'robot', password: secret(old ? 'REGISTRY' : 'PULL') };
  return stringify({
    extends: 'box.yaml',
    imagePullSecrets: [{ registry: 'ghcr.io', ...login }],
    images: { registry: 'ghcr.io/acme' },
  });
}
