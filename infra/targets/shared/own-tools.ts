/** The commands of a target's own tools, such as kubectl, that replace `railhead status`, `logs` and `run`. */
export type OwnTools = Record<'status' | 'logs' | 'run', string>;

export interface ToolPlace {
  /** The stack name under which the environment was deployed. */
  stack: string;
  environment: string;
  /** Name of a service; undefined for all services. */
  service: string | undefined;
}
