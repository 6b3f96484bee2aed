/** What a scanner finds in our manifests on purpose. */
export interface Explained {
  /** The objects that it may find it in, `<kind>/<name>`. */
  in: RegExp;
  why: string;
}

/** Checks of kube-score, by id. */
export const explainedToKubeScore: Record<string, Explained> = {
  'container-image-pull-policy': {
    in: /./,
    why: 'A tag of ours is the hash of what is in the image, so another pull would bring the same; a cluster may have its images without a registry.',
  },
  'container-security-context-user-group-id': {
    in: /^(StatefulSet\/(postgres|redis)|CronJob\/postgres-backup)$/,
    why: 'The official images of Postgres and Redis have their files ready for the user 999 and no other.',
  },
  'deployment-replicas': {
    in: /^Deployment\/(greeter|site)$/,
    why: 'One replica where the stack file asks for one: how many is for it to say.',
  },
  'statefulset-has-servicename': {
    in: /^StatefulSet\/(postgres|redis)$/,
    why: 'Each StatefulSet has one pod, which is reached by its Service; nobody needs names of single pods.',
  },
  'deployment-has-host-podantiaffinity': {
    in: /^Deployment\//,
    why: 'Topology spread constraints keep replicas apart, over nodes and zones, without a limit at the number of nodes.',
  },
  'deployment-has-poddisruptionbudget': {
    in: /^Deployment\/worker$/,
    why: 'A Deployment that may run one pod has none: a node under it could never be emptied.',
  },
};

/** Checks of kube-linter, by name. */
export const explainedToKubeLinter: Record<string, Explained> = {
  'no-anti-affinity': explainedToKubeScore['deployment-has-host-podantiaffinity']!,
  'job-ttl-seconds-after-finished': {
    in: /^Job\/api-predeploy-/,
    why: 'The finished Job of a version is what says that its preDeploy has run; the next version takes its place.',
  },
  'env-var-secret': {
    in: /^(StatefulSet\/postgres|CronJob\/postgres-backup)$/,
    why: 'Scripts get the path of the folder with the secrets, whose files hold them.',
  },
};
