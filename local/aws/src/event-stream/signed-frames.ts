import { sameHex, type Signed } from '../sigv4/verify.ts';
import { hmac, scopeText, sha256Hex } from '../sigv4/signature.ts';
import { ServiceError } from '../server/service-error.ts';
import { codec, decodeFrame, readFrames, type Message } from './frames.ts';

const mismatch =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key ' +
  'and signing method. Consult the service documentation for details.';

/**
 * Verifies the chain of a signed event stream and yields the messages inside it. Each outer frame carries `:date` and
 * `:chunk-signature`, which covers the signature before it; an outer frame with an empty body ends the stream.
 * @throws ServiceError `InvalidSignatureException` at the first frame that does not fit the chain.
 * @throws CodedError `bad-frame` for what is no frame.
 */
export async function* readSignedFrames(
  chunks: AsyncIterable<Uint8Array>,
  signed: Signed,
): AsyncGenerator<Message> {
  let prior = signed.signature;
  for await (const outer of readFrames(chunks)) {
    prior = verifyChunk(outer, prior, signed);
    if (outer.body.byteLength === 0) return;
    yield decodeFrame(outer.body);
  }
}

function verifyChunk(outer: Message, prior: string, { key, scope }: Signed): string {
  const date = outer.headers[':date'];
  const signature = outer.headers[':chunk-signature'];
  if (date?.type !== 'timestamp' || signature?.type !== 'binary') throw refused();
  const time = date.value.toISOString().replace(/[-:]|\.\d{3}/g, '');
  const toSign = [
    'AWS4-HMAC-SHA256-PAYLOAD',
    time,
    scopeText(scope),
    prior,
    sha256Hex(codec.formatHeaders({ ':date': date })),
    sha256Hex(outer.body),
  ].join('\n');
  const expected = hmac(key, toSign).toString('hex');
  if (!sameHex(expected, Buffer.from(signature.value).toString('hex'))) throw refused();
  return expected;
}

function refused(): ServiceError {
  return new ServiceError('InvalidSignatureException', 403, mismatch);
}
