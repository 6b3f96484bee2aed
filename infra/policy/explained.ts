/** Checks of kube-score that our manifests fail on purpose, and why; the key is the check's id. */
export const explainedToKubeScore: Record<string, string> = {
  'container-image-pull-policy':
    'A tag of ours is the hash of what is in the image, so another pull would bring the same; a cluster may have its images without a registry.',
  'container-security-context-user-group-id':
    'The official images of Postgres and Redis have their files ready for the user 999 and no other.',
  'deployment-replicas': 'One replica where the stack file asks for one: how many is for it to say.',
  'statefulset-has-servicename':
    'Each StatefulSet has one pod, which is reached by its Service; nobody needs names of single pods.',
  'deployment-has-host-podantiaffinity':
    'Topology spread constraints keep replicas apart, over nodes and zones, without a limit at the number of nodes.',
  'deployment-has-poddisruptionbudget':
    'A Deployment that may run one pod has none: a node under it could never be emptied.',
};

/** The same for kube-linter. */
export const explainedToKubeLinter: Record<string, string> = {
  'no-anti-affinity': explainedToKubeScore['deployment-has-host-podantiaffinity']!,
  'job-ttl-seconds-after-finished':
    'The finished Job of a version is what says that its preDeploy has run; the next version takes its place.',
  'env-var-secret': 'Scripts get the path of the folder with the secrets, whose files hold them.',
};
