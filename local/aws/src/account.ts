/** The account in every ARN made here: no real one has this number. */
export const account = '000000000000';
