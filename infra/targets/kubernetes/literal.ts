import type { Template } from '../../graph/types.ts';

/**
 * Text as a container gets it to the letter: in a command and in a variable that stands in a pod, Kubernetes fills
 * `$(NAME)` in, and takes `$$` for `$`.
 */
export function literal(text: string): string {
  return text.replace(/\$(?=[$(])/g, '$$$$');
}

/** The same for the text of templates; what a target provides holds no `$`. */
export function literals(templates: Record<string, Template>): Record<string, Template> {
  return Object.fromEntries(
    Object.entries(templates).map(([name, template]) => [
      name,
      template.map((part) => (typeof part === 'string' ? literal(part) : part)),
    ]),
  );
}
