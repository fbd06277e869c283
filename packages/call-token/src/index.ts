export { type CallClaims, type CallTokenErrorCode, mintCallToken, verifyCallToken } from './call-token.ts';
