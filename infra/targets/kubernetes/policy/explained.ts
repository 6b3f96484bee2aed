/** A finding of a scanner that is intended. */
export interface Explained {
  /** Objects in which it may occur, as `<kind>/<name>`. */
  in: RegExp;
  why: string;
}

/** Intended findings of kube-score, by id of the check. */
export const explainedToKubeScore: Record<string, Explained> = {
  'container-image-pull-policy': {
    in: /./,
    why: 'Tags of built images are hashes of the content, so another pull returns the same image. A cluster may also have its images without a registry.',
  },
  'container-security-context-user-group-id': {
    in: /^(StatefulSet\/(postgres|redis)|CronJob\/postgres-backup)$/,
    why: 'In the official images of Postgres and Redis, the files belong to user 999.',
  },
  'deployment-replicas': {
    in: /^Deployment\/(greeter|site)$/,
    why: 'The stack file asks for one replica.',
  },
  'statefulset-has-servicename': {
    in: /^StatefulSet\/(postgres|redis)$/,
    why: 'Each StatefulSet has one pod, which clients reach through its Service, so pods need no names of their own.',
  },
  'deployment-has-host-podantiaffinity': {
    in: /^Deployment\//,
    why: 'Topology spread constraints distribute replicas over nodes and zones, and allow more replicas than nodes.',
  },
  'deployment-has-poddisruptionbudget': {
    in: /^Deployment\/worker$/,
    why: 'A Deployment that may have a single pod has no budget, since a budget would block draining its node.',
  },
};

/** Intended findings of kube-linter, by name of the check. */
export const explainedToKubeLinter: Record<string, Explained> = {
  'no-anti-affinity': explainedToKubeScore['deployment-has-host-podantiaffinity']!,
  'job-ttl-seconds-after-finished': {
    in: /^Job\/api-predeploy-/,
    why: 'The finished Job records that the preDeploy of a version has run. The Job of the next version replaces it.',
  },
  'env-var-secret': {
    in: /^(StatefulSet\/postgres|CronJob\/postgres-backup)$/,
    why: 'The variable contains the path of the folder with the secret files, not a secret.',
  },
};
