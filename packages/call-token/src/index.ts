export { type CallClaims, type CallTokenErrorCode, mintCallToken, verifyCallToken } from './call-token.ts';
export { mintTransferGrant, type TransferGrant, transferHeader } from './transfer-grant.ts';
