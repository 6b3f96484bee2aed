/** The reference of the gateway: a Worker that only forwards requests to the origin. */
export default { fetch: (request, env) => env.ORIGIN_0.fetch(request) };
