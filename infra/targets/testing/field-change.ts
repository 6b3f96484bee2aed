/** The part of a stack file that has a field, with one value of it and with another. */
export type Change = [before: object, after: object];
