import type { Template } from '../../graph/types.ts';

/**
 * Escapes a text so that the container gets it unchanged. In commands and variables of a pod, Kubernetes replaces
 * `$(NAME)` by the value of the variable, and `$$` by `$`.
 */
export function literal(text: string): string {
  return text.replace(/\$(?=[$(])/g, '$$$$');
}

/** Escapes the texts of templates. Values that a target provides contain no `$`. */
export function literals(templates: Record<string, Template>): Record<string, Template> {
  return Object.fromEntries(
    Object.entries(templates).map(([name, template]) => [
      name,
      template.map((part) => (typeof part === 'string' ? literal(part) : part)),
    ]),
  );
}
