/**
 * Returns paths of the stack file as text. Those of one field in several services are shorter together: `variables.A of api, web`.
 * A long list is counted instead: a report has to be readable, and its JSON has every path.
 */
export function ofServices(paths: readonly string[]): string {
  const items = [...new Set(paths)].map((path) => {
    const [, service, field] = /^services\.([^.]+)\.(.+)$/.exec(path) ?? [];
    return { path, service, field };
  });
  const groups = Map.groupBy(items, ({ path, field }) => field ?? path);
  return shortened(
    [...groups].map(([field, group]) =>
      group.length === 1
        ? group[0]!.path
        : `${field} of ${shortened(group.flatMap(({ service }) => service ?? []))}`,
    ),
  );
}

function shortened(names: readonly string[]): string {
  const shown = names.length > 4 ? names.slice(0, 3) : names;
  const more = names.length - shown.length;
  return more === 0 ? shown.join(', ') : `${shown.join(', ')} and ${more} more`;
}
