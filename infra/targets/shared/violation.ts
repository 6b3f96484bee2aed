/** A broken rule of a platform: the object, and the problem. */
export interface Violation {
  /** `Deployment/api` */
  object: string;
  problem: string;
}
