/**
 * Returns the first server of a version such as `17` or `10.11` among the places where one may be; undefined if there is
 * none.
 */
export async function findServer<Place, Server extends { version: string }>(
  places: Place[],
  inspect: (place: Place) => Promise<Server | undefined>,
  version: string,
): Promise<Server | undefined> {
  for (const place of places) {
    const server = await inspect(place);
    if (server !== undefined && `${server.version}.`.startsWith(`${version}.`)) return server;
  }
  return undefined;
}
