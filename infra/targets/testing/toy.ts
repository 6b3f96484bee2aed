import { chooseTarget, defineTarget, type StackSupport } from 'railhead/target';

const processes = await chooseTarget({ name: 'toy', target: 'process' });
const fields: StackSupport = {
  ...processes.fields,
  observability: { refused: 'toys are not watched' },
};

/** A target outside the product, for tests: it runs services with the kinds of resources that the target process uses. */
export default defineTarget({
  name: 'toy',
  fields,
  unsupported: ({ services }) =>
    services.length <= 5 ? [] : [{ path: ['services'], message: 'a toy box holds five services' }],
  publicScheme: () => 'http',
  otherProviders: false,
  preflight: () => Promise.resolve([{ name: 'Toy box', found: 'open' }]),
  load: () => processes.load(),
  stores: processes.stores,
  handover: processes.handover,
  data: (place) => processes.data(place),
  newIdentity: 'refused',
});
