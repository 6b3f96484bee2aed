import { check, get, newId, now, read, Refused, remove, type Endpoint, type Stored } from './store.ts';

const metadataFields = [
  'bindings',
  'compatibility_date',
  'compatibility_flags',
  'logpush',
  'main_module',
  'observability',
  'placement',
  'tail_consumers',
  'usage_model',
  'annotations',
];

interface Binding extends Stored {
  name: string;
  type: string;
}

/** Fields that a binding needs in addition to its name, by type. */
const bindingFields: Record<string, string[]> = {
  json: ['json'],
  plain_text: ['text'],
  secret_text: ['text'],
  vpc_service: ['service_id'],
  ratelimit: ['namespace_id', 'simple'],
};

/** Workers, their workers.dev subdomain and their domains. */
export const scripts: Record<string, Endpoint> = {
  'PUT /accounts/:account/workers/scripts/:name': ({ store, path, ids: [account, id], form }) => {
    const metadata = JSON.parse(form.metadata ?? '{}') as Stored;
    check(metadata, ['main_module', 'compatibility_date'], metadataFields);
    const content = form[String(metadata.main_module)];
    if (content === undefined) throw new Refused(400, 10_021, 'the main module is not among the parts');
    const bindings = (metadata.bindings ?? []) as Binding[];
    for (const binding of bindings) {
      check(binding, ['name', 'type', ...(bindingFields[binding.type] ?? ['of a type that is not known'])]);
      if (binding.type === 'vpc_service')
        get(store, `/accounts/${account}/connectivity/directory/services/${String(binding.service_id)}`);
    }
    const created_on = store.get(path)?.created_on ?? now();
    store.set(path, { id, ...metadata, bindings, content, created_on, modified_on: now(), etag: newId() });
    return describe(get(store, path));
  },
  'DELETE /accounts/:account/workers/scripts/:name': ({ store, path, ids: [account, id] }) => {
    for (const [other, { service }] of store) {
      if (other.startsWith(`/accounts/${account}/workers/domains/`) && service === id)
        throw new Refused(400, 10_064, 'The Worker has a domain.');
    }
    store.delete(`${path}/subdomain`);
    remove(store, path);
    return null;
  },
  'GET /accounts/:account/workers/services/:name': ({ store, path, ids: [, id] }) => ({
    id,
    default_environment: {
      environment: 'production',
      script: describe(get(store, path.replace('/services/', '/scripts/'))),
    },
  }),
  'GET /accounts/:account/workers/scripts/:name/settings': ({ store, path }) => {
    const script = get(store, path.replace(/\/settings$/, ''));
    const { bindings, compatibility_date, observability } = script;
    return {
      bindings: (bindings as Binding[])
        .map(withoutSecret)
        .toSorted((one, other) => (one.name < other.name ? -1 : 1)),
      compatibility_date,
      compatibility_flags: [],
      logpush: false,
      observability,
      placement: {},
      tags: [],
      tail_consumers: [],
      usage_model: 'standard',
    };
  },
  'GET /accounts/:account/workers/scripts/:name/content/v2': ({ store, path }) =>
    get(store, path.replace(/\/content\/v2$/, '')).content,

  'POST /accounts/:account/workers/scripts/:name/subdomain': ({ store, path, body }) => {
    check(body, ['enabled'], ['previews_enabled']);
    get(store, path.replace(/\/subdomain$/, ''));
    store.set(path, body);
    return body;
  },
  'GET /accounts/:account/workers/scripts/:name/subdomain': read,
  'DELETE /accounts/:account/workers/scripts/:name/subdomain': ({ store, path }) => {
    store.delete(path);
    return { enabled: false, previews_enabled: false };
  },

  'PUT /accounts/:account/workers/domains': ({ store, path, ids: [account], body }) => {
    check(body, ['hostname', 'service'], ['zone_id', 'zone_name', 'environment']);
    get(store, `/accounts/${account}/workers/scripts/${String(body.service)}`);
    const id = newId();
    const zone_name = String(body.hostname).split('.').slice(-2).join('.');
    const domain = { id, environment: 'production', zone_name, cert_id: newId(), ...body };
    store.set(`${path}/${id}`, domain);
    return domain;
  },
  'GET /accounts/:account/workers/domains/:id': read,
  'DELETE /accounts/:account/workers/domains/:id': ({ store, path }) => {
    remove(store, path);
    return null;
  },
};

function describe({ id, etag, created_on, modified_on, compatibility_date }: Stored): Stored {
  return {
    id,
    etag,
    created_on,
    modified_on,
    compatibility_date,
    handlers: ['fetch'],
    named_handlers: [],
    has_assets: false,
    has_modules: true,
    last_deployed_from: 'api',
    logpush: false,
    placement_mode: null,
    startup_time_ms: 7,
    usage_model: 'standard',
  };
}

/** Returns a binding without its secret, as Cloudflare does. */
function withoutSecret({ text, ...binding }: Binding): Binding {
  return binding.type === 'secret_text' || text === undefined ? binding : { ...binding, text };
}
