/** The folder in the image of the balancer in which it keeps its orders. The user of the image can write there. */
export const balancerFolder = '/orders';
