import { bun } from './bun.ts';
import { deno } from './deno.ts';
import { dotnet } from './dotnet.ts';
import { go } from './go.ts';
import { java } from './java.ts';
import { node } from './node.ts';
import { php } from './php.ts';
import { python } from './python.ts';
import { ruby } from './ruby.ts';
import { static_ } from './static.ts';

/**
 * Every runtime by its name, the `runtime` of the stack file. Detection looks for their files in this order. Those of Node
 * come after the others, since services of other runtimes have a package.json for their frontends.
 */
export const registered = { go, python, ruby, php, java, dotnet, deno, bun, node, static: static_ };
