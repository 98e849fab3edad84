/** Time kept back between the end of a request and the end of its lease, for writing the answer down. */
export const settleMarginMs = 5_000;
