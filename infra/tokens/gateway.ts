/** `railhead/gateway`: the functions with which a service accepts only requests that the gateway has signed. */
export { contentDigest, createGatewaySigner, gatewaySignature, maxSignedBody } from './gateway-signature.ts';
export { createGatewayVerifier } from './gateway-verifier.ts';
