import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { test } from 'node:test';
import { tcp, udp } from '../ports.ts';
import { shellPart } from '../testing/parts.ts';
import { assertPortsFree } from './free-ports.ts';
import { stackMarker } from './leftovers.ts';

test('free ports pass, and may be bound afterwards', async () => {
  await assertPortsFree([
    shellPart('/tmp', 'x', '', { endpoints: [tcp('127.0.0.1', 0), udp('127.0.0.1', 0)] }),
  ]);
});

test('a taken TCP port is named with its holder and the remedy, in one line', async (t) => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  const { port } = server.address() as AddressInfo;
  await assert.rejects(
    assertPortsFree([shellPart('/tmp', 'store', '', { endpoints: [tcp('127.0.0.1', port)] })]),
    (error: Error) => {
      assert.match(
        error.message,
        new RegExp(`^127.0.0.1:${port}/tcp, needed by store, is taken by node .*\\(pid ${process.pid}\\)`),
      );
      assert.match(error.message, /Stop what listens there/);
      assert.ok(!error.message.includes('\n'));
      return true;
    },
  );
});

test('a taken UDP port and an address that is not ours are both named', async (t) => {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  t.after(() => socket.close());
  const endpoints = [udp('127.0.0.1', socket.address().port), tcp('203.0.113.1', 4000)];
  await assert.rejects(assertPortsFree([shellPart('/tmp', 'sip', '', { endpoints })]), (error: Error) => {
    assert.match(error.message, /\/udp, needed by sip, is taken/);
    assert.match(error.message, /203.0.113.1:4000\/tcp, needed by sip, cannot be used \(EADDRNOTAVAIL\)/);
    return true;
  });
});

test("a port that another clone's stack holds says where to stop it", async (t) => {
  const script = `require('net').createServer().listen(0, '127.0.0.1', function () { console.log(this.address().port) })`;
  const child = spawn(process.execPath, ['-e', script], {
    env: { [stackMarker]: '/other/clone/.local' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  t.after(() => child.kill('SIGKILL'));
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const port = Number(line.toString());
  await assert.rejects(
    assertPortsFree([shellPart('/tmp', 'store', '', { endpoints: [tcp('127.0.0.1', port)] })]),
    {
      message: `127.0.0.1:${port}/tcp is taken by another clone's stack: run make down there (/other/clone)`,
    },
  );
});
