export {
  type CallClaims,
  callerMark,
  type CallTokenErrorCode,
  mintCallToken,
  verifyCallToken,
} from './call-token.ts';
export {
  callBackHeader,
  mintCallBackGrant,
  mintTransferGrant,
  type TransferGrant,
  transferHeader,
} from './transfer-grant.ts';
export {
  type CallVerb,
  type EdgeGrant,
  type EdgeVerb,
  longestGrantSeconds,
  mintEdgeGrant,
  verifyEdgeGrant,
} from './edge-grant.ts';
