import { describeError, type Logger } from '@vestibule/core';
import { Hono } from 'hono';
import type { WebhookReceiver } from 'livekit-server-sdk';
import { type WebhookEvent } from 'livekit-server-sdk';
import { isSipParticipant } from '../call/caller.ts';

/** The worker's HTTP side: LiveKit's webhooks, and the health check. */
export function deskServer(options: {
  receiver: WebhookReceiver;
  onCall: (room: string) => Promise<void>;
  status: () => { calls: number; draining: boolean };
  logger: Logger;
}): Hono {
  const app = new Hono();
  app.get('/healthz', (context) => context.json(options.status()));
  app.post('/livekit/webhook', async (context) => {
    let event: WebhookEvent;
    try {
      event = await options.receiver.receive(await context.req.text(), context.req.header('Authorization'));
    } catch (error) {
      options.logger.warn('webhook refused', describeError(error));
      return context.json({ error: 'not signed by the LiveKit server of this deployment' }, 401);
    }
    const { room, participant } = event;
    if (event.event === 'participant_joined' && room && participant && isSipParticipant(participant)) {
      await options.onCall(room.name);
    }
    return context.body(null, 200);
  });
  return app;
}
