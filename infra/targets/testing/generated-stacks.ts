import fc from 'fast-check';
import { dataTypes, isDataType, kindOf } from '../../data/index.ts';

type Fields = Record<string, unknown>;

const health = fc.constantFrom(undefined, { path: '/health' }, { path: '/health', ready: '/health/ready' });
const resources = fc.constantFrom(
  { cpu: 1, memory: '1Gi' },
  { cpu: 0.5, memory: '512Mi', requests: { cpu: 0.1, memory: '128Mi' } },
);
const fixed = fc.integer({ min: 1, max: 4 });
const scaled = fc.oneof(
  fixed,
  fc.constantFrom({ min: 2, max: 5, cpu: 70 }, { min: 1, max: 3, cpu: 60, memory: 80 }),
);
const egress = fc.constantFrom(
  undefined,
  [{ to: 'internet', port: 443 }],
  [{ to: '10.20.0.0/16' }, { to: 'internet', port: 25 }],
);
const pullSecrets = [
  { registry: 'ghcr.io', username: 'acme', password: '${{secret.TOKEN}}' },
  'team-registry',
];
const kind = fc.constantFrom('server', 'server', 'listener', 'background', 'cron', 'volume', 'image');
const secret = fc.constantFrom(undefined, '${{secret.TOKEN}}', 'Bearer ${{secret.TOKEN}}!');

const fieldsOf = (replicas: typeof scaled | typeof fixed) =>
  fc.record({
    kind,
    health,
    resources,
    replicas,
    egress,
    secret,
    preDeploy: fc.boolean(),
    metrics: fc.boolean(),
    publishes: fc.boolean(),
  });

type Shape = ReturnType<typeof fieldsOf> extends fc.Arbitrary<infer Value> ? Value : never;

/**
 * Generates the contents of valid stack files, in which services refer to earlier services.
 *
 * @param canScale whether replicas may be a range, and nodes pull images
 */
export const stacks = (canScale: boolean) =>
  fc
    .record({
      services: fc.array(
        fc.tuple(fieldsOf(canScale ? scaled : fixed), fc.array(fc.nat(9), { maxLength: 3 })),
        { minLength: 1, maxLength: 6 },
      ),
      data: fc.subarray([...dataTypes, 'external']),
      gateway: fc.constantFrom('none', 'workerd', 'auth'),
      observability: fc.boolean(),
      pullSecrets: fc.subarray(pullSecrets),
    })
    .map(({ services, data, gateway, observability, pullSecrets }) => {
      const named = new Map<string, Fields>(data.map((name) => [name, dataService(name)]));
      const references = new Map(data.map((name) => [name, `\${{${name}.URL}}${poolSize(name)}`]));
      for (const [index, [shape, uses]] of services.entries()) {
        const name = `app${index}`;
        const known = [...references.values()];
        const chosen = known.length === 0 ? [] : uses.map((use) => known[use % known.length]);
        const service = codeService(shape, index);
        const variables = Object.fromEntries(chosen.map((reference, at) => [`USES_${at}`, reference]));
        named.set(name, {
          ...service,
          variables: { ...variables, ...(shape.secret && { TOKEN: shape.secret }) },
        });
        if (service.port !== undefined) references.set(name, `\${{${name}.URL}}`);
        if (service.ports !== undefined) references.set(`${name} rpc`, `\${{${name}.RPC_ADDRESS}}`);
      }
      const routed = [...named].filter(([name, { port }]) => name.startsWith('app') && port !== undefined);
      const routes = routed.flatMap(([to, { ports }], index) => [
        { path: `/${to}/*`, to, ...(gateway === 'auth' && index === 0 && { auth }) },
        ...(ports === undefined ? [] : [{ path: `/${to}/admin/*`, to, port: 'admin' }]),
      ]);
      return {
        name: 'generated',
        services: Object.fromEntries(named),
        observability,
        ...(canScale && { imagePullSecrets: pullSecrets }),
        ...(gateway !== 'none' && routes.length > 0 && { gateway: { port: 9999, routes } }),
      };
    });

const auth = { jwks: 'https://id.example.com/keys', issuer: 'id', audience: 'app' };

function poolSize(name: string): string {
  const { connections } = kindOf({ kind: isDataType(name) ? name : 'postgres' });
  return connections === undefined ? '' : `?pool=\${{${name}.POOL_SIZE}}`;
}

function dataService(name: string): Fields {
  // MySQL and MariaDB have one standard port.
  if (name !== 'external') return { type: name, ...(name === 'mysql' && { port: 3307 }) };
  return {
    type: 'postgres',
    port: 5433,
    connections: 90,
    external: { url: '${{secret.EXTERNAL_URL}}', network: '10.9.0.0/24' },
  };
}

/** Publishes the main port, or the named one. */
function publishing({ publishes, health }: Shape, index: number): Fields {
  if (!publishes) return {};
  return { publish: health ? { rpc: 6000 + index } : 6000 + index };
}

function codeService(shape: Shape, index: number): Fields {
  const common = { source: 'app', resources: shape.resources, ...(shape.egress && { egress: shape.egress }) };
  const preDeploy = shape.preDeploy ? { preDeploy: 'node migrate.js' } : {};
  const port = 4000 + index;
  const withHealth = shape.health && { health: shape.health };
  const withMetrics = shape.metrics ? { metrics: '/metrics' } : {};
  switch (shape.kind) {
    case 'server':
      return {
        ...common,
        ...preDeploy,
        ...withHealth,
        ...withMetrics,
        port,
        ...(shape.health && {
          ports: { rpc: 5000 + index, admin: { port: 7000 + index, protocol: 'http' } },
        }),
        ...publishing(shape, index),
        replicas: shape.replicas,
      };
    case 'listener':
      return { ...common, health: { path: '/health' }, ...withMetrics, replicas: shape.replicas };
    case 'background':
      return { ...common, ...preDeploy, replicas: shape.replicas };
    case 'cron':
      return { ...common, cron: '*/5 * * * *' };
    case 'volume':
      return { ...common, ...withHealth, port, volume: { path: '/data', size: '1Gi' } };
    case 'image': {
      const image = {
        ...common,
        ...withHealth,
        image: 'ghcr.io/acme/tool:1.4',
        port,
        replicas: shape.replicas,
      };
      return Object.fromEntries(Object.entries(image).filter(([field]) => field !== 'source'));
    }
  }
}
