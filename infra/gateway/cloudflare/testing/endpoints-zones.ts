import { account, zone } from './options.ts';
import { check, get, newId, now, read, Refused, remove, type Endpoint, type Stored } from './store.ts';

/** The only zone of the token, its rulesets and its settings. */
export const zones: Record<string, Endpoint> = {
  'GET /zones/:zone': ({ ids: [id] }) => {
    if (id !== zone) throw new Refused(403, 9_109, 'Unauthorized to access requested resource');
    return {
      id,
      name: 'rota.example',
      account: { id: account, name: 'Rota' },
      status: 'active',
      type: 'full',
    };
  },
  'POST /zones/:zone/rulesets': ({ store, path, body }) => {
    check(body, ['name', 'kind', 'phase'], ['description', 'rules']);
    for (const [other, { phase }] of store) {
      if (other.startsWith(`${path}/`) && phase === body.phase)
        throw new Refused(
          400,
          20_217,
          "'zone' is not a valid value for kind because exceeded maximum number of zone entry points",
        );
    }
    const id = newId();
    store.set(`${path}/${id}`, {
      id,
      description: '',
      ...body,
      rules: rulesOf(body),
      version: '1',
      last_updated: now(),
    });
    return get(store, `${path}/${id}`);
  },
  'GET /zones/:zone/rulesets/:id': read,
  'PUT /zones/:zone/rulesets/:id': ({ store, path, body }) => {
    const old = get(store, path);
    const version = String(Number(old.version) + 1);
    store.set(path, { ...old, ...body, rules: rulesOf(body), version, last_updated: now() });
    return get(store, path);
  },
  'DELETE /zones/:zone/rulesets/:id': ({ store, path }) => remove(store, path),
  'PATCH /zones/:zone/settings/:id': ({ store, path, ids: [, id], body }) => {
    check(body, ['value']);
    store.set(path, { id, editable: true, modified_on: now(), ...body });
    return get(store, path);
  },
  'GET /zones/:zone/settings/:id': read,
};

function rulesOf({ rules = [] }: Stored): Stored[] {
  return (rules as Stored[]).map((rule) => {
    const id = newId();
    return { id, version: '1', enabled: true, last_updated: now(), ...rule, ref: rule.ref ?? id };
  });
}
