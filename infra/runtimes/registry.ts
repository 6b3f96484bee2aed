// One line for each runtime. The name is the `runtime` of the stack file. Files are looked for in this order.
export { go } from './go.ts';
export { python } from './python.ts';
export { node } from './node.ts';
export { static_ as static } from './static.ts';
