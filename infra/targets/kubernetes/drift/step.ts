/**
 * A step into an object: a field, the index of an element, or an element of a list by its key, in the form of `managedFields`:
 * `k:{"name":"api"}`.
 */
export type Step = string | number;
