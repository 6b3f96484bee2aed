import { parseArgs } from 'node:util';
import { readEnvironment, stackFilePath } from '../environment.ts';
import { buildGraph } from '../graph/graph.ts';
import { UserError } from '../stack/problem.ts';
import { loadStack } from '../stack/load.ts';
import { stackOption } from './stack-option.ts';

export const usage =
  'graph [-s dev] [file]   Show what starts after what, as text, --mermaid or --svg (to a file by >).';

/** Prints the service graph of an environment, or of a stack file. Throws UserError. */
export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      ...stackOption,
      mermaid: { type: 'boolean', default: false },
      svg: { type: 'boolean', default: false },
    },
  });
  if (positionals.length > 1 || (values.mermaid && values.svg)) {
    throw new UserError('One stack file and one of --mermaid and --svg at a time.');
  }
  const file = positionals[0] ?? stackFilePath(readEnvironment(values.stack));
  const graph = buildGraph(loadStack(file), values.stack);
  if (values.svg) {
    // Graphviz is slow to load, and only needed here.
    const { drawSvg } = await import('../graph/draw/svg.ts');
    console.log(await drawSvg(graph));
  } else if (values.mermaid) {
    const { drawMermaid } = await import('../graph/draw/mermaid.ts');
    console.log(drawMermaid(graph));
  } else {
    const { drawText } = await import('../graph/draw/text.ts');
    console.log(drawText(graph));
  }
  return 0;
}
