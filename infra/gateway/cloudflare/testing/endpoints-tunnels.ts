import { check, get, newUuid, now, read, Refused, remove, type Endpoint } from './store.ts';

const cloudflared: Record<string, Endpoint> = {
  'POST /accounts/:account/cfd_tunnel': ({ store, path, ids: [account], body }) => {
    check(body, ['name'], ['config_src', 'tunnel_secret']);
    for (const [other, { name }] of store) {
      if (other.startsWith(`${path}/`) && name === body.name)
        throw new Refused(409, 1_013, 'You already have a tunnel with this name.');
    }
    const id = newUuid();
    const source = body.config_src ?? 'local';
    const tunnel = {
      id,
      account_tag: account,
      name: body.name,
      config_src: source,
      remote_config: source === 'cloudflare',
      created_at: now(),
      deleted_at: null,
      connections: [],
      conns_active_at: null,
      conns_inactive_at: now(),
      tun_type: 'cfd_tunnel',
      metadata: {},
      status: 'inactive',
    };
    store.set(`${path}/${id}`, tunnel);
    return tunnel;
  },
  'GET /accounts/:account/cfd_tunnel/:id': read,
  'PATCH /accounts/:account/cfd_tunnel/:id': ({ store, path, body }) => Object.assign(get(store, path), body),
  'DELETE /accounts/:account/cfd_tunnel/:id': ({ store, path, ids: [account, id] }) => {
    for (const [other, object] of store) {
      if (other.startsWith(`/accounts/${account}/connectivity/`) && JSON.stringify(object).includes(id!))
        throw new Refused(400, 1_022, 'The tunnel is used by a service.');
    }
    store.delete(`${path}/configurations`);
    return { ...remove(store, path), deleted_at: now() };
  },
  'GET /accounts/:account/cfd_tunnel/:id/token': ({ store, path, ids: [account, id] }) => {
    get(store, path.replace(/\/token$/, ''));
    return Buffer.from(JSON.stringify({ a: account, t: id, s: 'c2VjcmV0' })).toString('base64');
  },
  'PUT /accounts/:account/cfd_tunnel/:id/configurations': ({ store, path, ids: [account, id], body }) => {
    check(body, ['config'], ['source']);
    get(store, path.replace(/\/configurations$/, ''));
    const { ingress } = body.config as { ingress: { hostname?: string }[] };
    if (ingress.at(-1)?.hostname !== undefined)
      throw new Refused(400, 1_056, 'The last ingress rule must match all URLs');
    const version = Number(store.get(path)?.version ?? 0) + 1;
    const place = { account_id: account, tunnel_id: id, source: 'cloudflare', created_at: now() };
    store.set(path, { ...place, version, config: { ...body.config!, 'warp-routing': { enabled: true } } });
    return store.get(path);
  },
  'GET /accounts/:account/cfd_tunnel/:id/configurations': read,
};

const serviceFields = ['http_port', 'https_port', 'tcp_port', 'app_protocol', 'tls_settings'];

const directory: Record<string, Endpoint> = {
  'POST /accounts/:account/connectivity/directory/services': ({ store, path, ids: [account], body }) => {
    check(body, ['name', 'type', 'host'], serviceFields);
    const { resolver_network: network } = body.host as { resolver_network?: { tunnel_id: string } };
    get(store, `/accounts/${account}/cfd_tunnel/${network?.tunnel_id}`);
    const service_id = newUuid();
    store.set(`${path}/${service_id}`, { service_id, ...body, created_at: now(), updated_at: now() });
    return get(store, `${path}/${service_id}`);
  },
  'GET /accounts/:account/connectivity/directory/services/:id': read,
  'PUT /accounts/:account/connectivity/directory/services/:id': ({ store, path, body }) => {
    check(body, ['name', 'type', 'host'], serviceFields);
    const { service_id, created_at } = get(store, path);
    store.set(path, { service_id, ...body, created_at, updated_at: now() });
    return get(store, path);
  },
  'DELETE /accounts/:account/connectivity/directory/services/:id': ({ store, path, ids: [, id] }) => {
    for (const object of store.values()) {
      if (object !== store.get(path) && JSON.stringify(object).includes(id!))
        throw new Refused(400, 5_104, 'The service is bound to a Worker.');
    }
    return remove(store, path);
  },
};

/** Tunnels, and the services behind them. */
export const tunnels: Record<string, Endpoint> = { ...cloudflared, ...directory };
