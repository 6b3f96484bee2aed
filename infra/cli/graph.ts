import { Command, Option } from '@commander-js/extra-typings';
import { readEnvironment, stackFilePath } from '../common/environment.ts';
import { unreferencedDomains } from '../graph/code-reads.ts';
import { buildGraph } from '../graph/graph.ts';
import { loadStack } from '../stack/load.ts';
import { formatProblem, sortProblems } from '../stack/problem.ts';
import { terminalWidth } from '../common/table.ts';
import { defaultEnvironment } from '../common/default-environment.ts';
import { stackOption } from './options.ts';

export const command = new Command('graph')
  .description('Show services and their start order, as text or as a picture.')
  .argument('[file]', 'a stack file; by default that of the environment')
  .addOption(stackOption())
  .addOption(new Option('--mermaid', 'print a Mermaid diagram').conflicts('svg'))
  .addOption(new Option('--svg', 'print an SVG picture, for a file: > graph.svg'))
  .action(async (file, { stack, mermaid, svg }) => {
    const form = svg ? 'svg' : mermaid ? 'mermaid' : 'text';
    const environment = stack ?? (file === undefined ? defaultEnvironment() : 'dev');
    console.log(await draw(file ?? stackFilePath(readEnvironment(environment)), environment, form));
  });

/** Returns the graph of a stack file as text or SVG. Prints warnings to stderr. Throws UserError. */
async function draw(file: string, stack: string, form: 'svg' | 'mermaid' | 'text'): Promise<string> {
  const loaded = loadStack(file);
  const graph = buildGraph(loaded, stack);
  const warnings = sortProblems([...graph.warnings, ...unreferencedDomains(loaded, graph)]);
  for (const warning of warnings) console.error(formatProblem(warning));
  if (form === 'svg') {
    // Graphviz loads slowly, and only this form needs it.
    const { drawSvg } = await import('../graph/draw/svg.ts');
    return drawSvg(graph);
  }
  if (form === 'mermaid') {
    const { drawMermaid } = await import('../graph/draw/mermaid.ts');
    return drawMermaid(graph);
  }
  const { drawText } = await import('../graph/draw/text.ts');
  return drawText(graph, terminalWidth());
}
