/** A route of the gateway that a key of `flatten` names: `gateway.routes./docs/*.auth.jwks`. */
export interface RouteKey {
  /** The address of the route: `/docs/*`, or with its host `app.example.com/docs/*`. */
  route: string;
  /** The field of the route: `auth.jwks`. Absent for the route as a whole. */
  field?: string;
}

/** Returns the route in a key; undefined for another key. */
export function routeOf(key: string): RouteKey | undefined {
  const found =
    /^gateway\.routes\.([^/]*\/.*?)(?:\.(to|port|cache|stripPrefix|auth\.\w+|rateLimit\.\w+))?$/.exec(key);
  const [, route, field] = found ?? [];
  return route === undefined ? undefined : { route, ...(field !== undefined && { field }) };
}
