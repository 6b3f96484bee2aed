/** The API group of Argo Rollouts. Other programs of Argo serve it too. */
export const argoGroup = 'argoproj.io';

/** The label that Argo Rollouts gives to the pods of a version, with a hash of their template. */
export const versionLabel = 'rollouts-pod-template-hash';

/** The annotation with the number of an update. An update that restores a former version has another. */
export const updateAnnotation = 'rollout.argoproj.io/revision';
