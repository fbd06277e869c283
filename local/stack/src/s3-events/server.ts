import { createServer, type IncomingMessage, type Server } from 'node:http';
import { json } from 'node:stream/consumers';
import { lambdaEvent, type S3Notification } from './notification.ts';

/**
 * Takes versitygw's webhook. It answers at once: versitygw neither waits for the work nor sends again. `onEvent` gets what
 * AWS would deliver.
 */
export function s3EventsServer(suffix: string, onEvent: (event: S3Notification) => void): Server {
  return createServer((request, response) => {
    // versitygw leaves response bodies unread, so a kept connection would never be used again.
    response.setHeader('connection', 'close');
    void receive(request).then(({ status, body }) => {
      response.writeHead(status).end();
      const event = lambdaEvent(body, suffix);
      if (event) onEvent(event);
    });
  });
}

async function receive(request: IncomingMessage): Promise<{ status: number; body?: unknown }> {
  if (request.method === 'GET' && request.url === '/healthz') return { status: 200 };
  if (request.method !== 'POST' || request.url !== '/events') return { status: 404 };
  try {
    return { status: 200, body: await json(request) };
  } catch {
    return { status: 400 };
  }
}
