/** What workerd itself takes for a request to an origin. */
export default { fetch: (request, env) => env.ORIGIN_0.fetch(request) };
