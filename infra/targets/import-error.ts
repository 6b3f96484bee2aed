/** Describes why Node could not load a module of the user: what, where in the project, and what installs what is missing. */
export function describeImportError(error: unknown, root: string): { problem: string; next?: string } {
  const { message = String(error), stack = '' } = (error ?? {}) as { message?: string; stack?: string };
  const what = inProject(message, root);
  const [, missing] = /^Cannot find package '([^']+)'/.exec(message) ?? [];
  if (missing !== undefined) return { problem: what, next: `npm install ${missing}` };
  const place = placeOf(stack, root);
  return { problem: place === undefined ? what : `${place} ${what}` };
}

/** Returns the first place of a stack trace that is in a file of the project, as `targets/nomad.ts:2:7`. */
function placeOf(stack: string, root: string): string | undefined {
  const places = inProject(stack, root).matchAll(
    /(?:^|[\s(])((?!node:|node_modules\/)[^\s(/][^\s():]*(?::\d+){1,2})/gm,
  );
  return places.next().value?.[1];
}

function inProject(text: string, root: string): string {
  return text.replaceAll(`file://${root}/`, '').replaceAll(`${root}/`, '');
}
