/** An error that the user can fix. The CLI prints its message without a stack trace and exits with 1. */
export class UserError extends Error {
  override name = 'UserError';
}
