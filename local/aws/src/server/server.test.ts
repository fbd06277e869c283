import assert from 'node:assert/strict';
import { mkdtemp, readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { request as httpsRequest } from 'node:https';
import { connect as connectHttp2 } from 'node:http2';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { ConverseCommand } from '@aws-sdk/client-bedrock-runtime';
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { ListAliasesCommand } from '@aws-sdk/client-kms';
import { SynthesizeSpeechCommand } from '@aws-sdk/client-polly';
import { StartStreamTranscriptionCommand } from '@aws-sdk/client-transcribe-streaming';
import { ManualClock } from '@vestibule/core';
import { readEnvironment } from '../environment.ts';
import { codec } from '../event-stream/frames.ts';
import { credentials, sdkClients } from '../testing/clients.ts';
import { errorNameOf, startTestServer, type TestServer } from '../testing/server.ts';

let server: TestServer;
let certificates: string;
before(async () => {
  certificates = await mkdtemp(join(tmpdir(), 'certificates-'));
  server = await startTestServer({ certificates });
});
after(() => server.close());

const url = (path: string) => `http://127.0.0.1:${server.port}${path}`;
const hello = {
  modelId: 'amazon.nova-micro-v1:0',
  messages: [{ role: 'user' as const, content: [{ text: 'Hello' }] }],
};

describe('the port', () => {
  test('is healthy, and says on every response what it is', async () => {
    const response = await fetch(url('/healthz'));
    assert.equal(response.status, 200);
    assert.equal(response.headers.get('x-vestibule-stand-in'), 'local-aws');
  });

  test('knows no other operations', async () => {
    const response = await fetch(url('/model/x/invoke'), { method: 'POST', body: '{}' });
    assert.equal(response.status, 404);
    assert.equal(response.headers.get('x-amzn-errortype'), 'UnknownOperationException');
  });

  test('speaks HTTP/1.1 over TLS', async () => {
    const ca = await readFile(join(certificates, 'cert.pem'));
    const { promise, resolve, reject } = Promise.withResolvers<number | undefined>();
    httpsRequest({ host: '127.0.0.1', port: server.port, path: '/healthz', ca }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
    assert.equal(await promise, 200);
  });

  test('speaks HTTP/2 over TLS', async () => {
    const ca = await readFile(join(certificates, 'cert.pem'));
    const session = connectHttp2(`https://127.0.0.1:${server.port}`, { ca });
    const { promise, resolve, reject } = Promise.withResolvers<number | undefined>();
    session.on('error', reject);
    session
      .request({ ':path': '/healthz' })
      .on('response', (headers) => resolve(headers[':status']))
      .resume();
    assert.equal(await promise, 200);
    assert.equal(session.alpnProtocol, 'h2');
    session.close();
  });

  for (const garbage of [
    '\x00\x01\x02\x03 nonsense\r\n\r\n',
    'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\nnot frames at all, really',
    '\x16\x03\x01\x00\x05hello',
  ]) {
    test(`survives ${JSON.stringify(garbage.slice(0, 12))}`, async () => {
      const closed = Promise.withResolvers<void>();
      const socket = connect(server.port, '127.0.0.1', () => socket.end(garbage));
      socket.on('error', () => undefined).on('close', () => closed.resolve());
      socket.resume();
      await closed.promise;
      assert.equal((await fetch(url('/healthz'))).status, 200);
    });
  }
});

describe('signatures', () => {
  const wrong = { ...credentials, secretAccessKey: 'another' };
  const stranger = { ...credentials, accessKeyId: 'AKIDSTRANGER' };

  for (const [name, keys, error] of [
    ['a wrong secret', wrong, 'InvalidSignatureException'],
    ['an unknown key', stranger, 'UnrecognizedClientException'],
  ] as const) {
    for (const http of ['h2c', 'http/1.1'] as const) {
      test(`${name} is refused over ${http}, by every service`, async () => {
        using clients = sdkClients(server.port, http, keys);
        assert.equal(await errorNameOf(clients.bedrock.send(new ConverseCommand(hello))), error);
        const speech = new SynthesizeSpeechCommand({ OutputFormat: 'pcm', Text: 'Hi', VoiceId: 'Joanna' });
        assert.equal(await errorNameOf(clients.polly.send(speech)), error);
        const stream = new StartStreamTranscriptionCommand({
          LanguageCode: 'en-US',
          MediaEncoding: 'pcm',
          MediaSampleRateHertz: 8000,
          AudioStream: (async function* () {})(),
        });
        assert.equal(await errorNameOf(clients.transcribe.send(stream)), error);
        assert.equal(await errorNameOf(clients.kms.send(new ListAliasesCommand())), error);
        assert.equal(await errorNameOf(clients.events.send(new PutEventsCommand({ Entries: [{}] }))), error);
      });
    }
  }

  test('is missing: 403 from a REST service, 400 in the document of an AWS JSON one', async () => {
    const rest = await fetch(url('/v1/voices'));
    assert.deepEqual(
      [rest.status, rest.headers.get('x-amzn-errortype')],
      [403, 'MissingAuthenticationTokenException'],
    );
    const json = await fetch(url('/'), {
      method: 'POST',
      headers: { 'x-amz-target': 'TrentService.Decrypt' },
      body: '{}',
    });
    assert.deepEqual(
      [json.status, json.headers.get('content-type'), json.headers.get('x-vestibule-stand-in')],
      [400, 'application/x-amz-json-1.1', 'local-aws'],
    );
    assert.deepEqual(await json.json(), {
      __type: 'MissingAuthenticationTokenException',
      message: 'Missing Authentication Token',
    });
  });

  test('a session token is signed along', async () => {
    using clients = sdkClients(server.port, 'h2c', { ...credentials, sessionToken: 'token' });
    assert.ok(await clients.bedrock.send(new ConverseCommand(hello)));
  });

  test('a body changed on its way is refused', async () => {
    using clients = sdkClients(server.port);
    const command = new ConverseCommand(hello);
    command.middlewareStack.add(
      (next) => (args) => {
        const request = args.request as { body: string };
        request.body = request.body.replace('Hello', 'Jello');
        return next(args);
      },
      { step: 'finalizeRequest', priority: 'low' },
    );
    assert.equal(await errorNameOf(clients.bedrock.send(command)), 'InvalidSignatureException');
  });

  test('a signature from six minutes ago has expired', async () => {
    const late = await startTestServer({ clock: new ManualClock(Date.now() + 6 * 60_000) });
    using clients = sdkClients(late.port);
    assert.equal(
      await errorNameOf(clients.bedrock.send(new ConverseCommand(hello))),
      'InvalidSignatureException',
    );
    await late.close();
  });
});

describe('event-stream frames', () => {
  /** Sends raw bytes as the body of a well-signed request. */
  async function stream(bytes: Uint8Array): Promise<string> {
    using clients = sdkClients(server.port);
    const command = new StartStreamTranscriptionCommand({
      LanguageCode: 'en-US',
      MediaEncoding: 'pcm',
      MediaSampleRateHertz: 8000,
      AudioStream: (async function* () {
        yield { AudioEvent: { AudioChunk: new Uint8Array(1600) } };
      })(),
    });
    command.middlewareStack.add(
      (next) => (args) => {
        (args.request as { body: unknown }).body = bytes;
        return next(args);
      },
      { step: 'finalizeRequest', priority: 'low' },
    );
    return await errorNameOf(
      (async () => {
        const { TranscriptResultStream } = await clients.transcribe.send(command);
        for await (const _ of TranscriptResultStream ?? []);
      })(),
    );
  }

  const unsigned = codec.encode({
    headers: { ':event-type': { type: 'string', value: 'AudioEvent' } },
    body: new Uint8Array(100),
  });
  const badSum = unsigned.with(20, (unsigned[20] ?? 0) ^ 1);
  for (const [name, bytes, error] of [
    ['of impossible length', new Uint8Array(64).fill(255), 'BadRequestException'],
    ['with a wrong checksum', badSum, 'BadRequestException'],
    ['cut off in the middle', unsigned.subarray(0, 60), 'BadRequestException'],
    ['without a signature', unsigned, 'InvalidSignatureException'],
  ] as const) {
    test(`${name} get ${error}`, async () => assert.equal(await stream(bytes), error));
  }

  test('leave no error in the log', () => assert.deepEqual(server.logged, []));
});

describe('the control of faults', () => {
  test('lists, clears, and says what is wrong', async () => {
    await server.plan({ service: 'polly', kind: 'throttle', count: 2 });
    assert.match(await (await fetch(url('/_local/faults'))).text(), /"kind":"throttle"/);
    assert.equal(await (await fetch(url('/_local/faults'), { method: 'DELETE' })).text(), '{"planned":[]}');
    assert.equal((await server.plan({ kind: 'earthquake' })).status, 400);
  });
});

test('the environment may name where keys and events are kept', () => {
  const needed = { LOCAL_AWS_ACCESS_KEY_ID: 'id', LOCAL_AWS_SECRET_ACCESS_KEY: 'secret' };
  const { kmsKeys, eventsFile } = readEnvironment({
    ...needed,
    LOCAL_AWS_KMS_KEYS: 'keys.json',
    LOCAL_AWS_EVENTS_FILE: 'events.jsonl',
  });
  assert.deepEqual([kmsKeys, eventsFile], ['keys.json', 'events.jsonl']);
  assert.equal(readEnvironment(needed).kmsKeys, undefined);
});

test('the environment is read whole: every fault at once', () => {
  assert.throws(
    () => readEnvironment({ LOCAL_AWS_LISTEN: 'here', LOCAL_AWS_LATENCY: 'fast' }),
    (error: Error) => {
      for (const name of ['LISTEN', 'LATENCY', 'ACCESS_KEY_ID', 'SECRET_ACCESS_KEY'])
        assert.match(error.message, new RegExp(`LOCAL_AWS_${name}`));
      return true;
    },
  );
});
