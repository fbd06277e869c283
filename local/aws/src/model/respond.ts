import type { Reply } from '../bedrock/reply.ts';
import type { ConverseRequest } from '../bedrock/converse-request.ts';

export function respond(_request: ConverseRequest): Reply {
  return [{ kind: 'text', text: 'How can I help you today?' }];
}
