import { go } from './go.ts';
import { node } from './node.ts';
import { python } from './python.ts';
import { static_ } from './static.ts';

/** Every runtime by its name, the `runtime` of the stack file. Detection looks for their files in this order. */
export const registered = { go, python, node, static: static_ };
