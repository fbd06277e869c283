import { CodedError } from '@vestibule/core';

/**
 * Keeps a worker's main loop busy for `ms`, from outside: Node opens its inspector on SIGUSR1. The loop closes it again, as only one
 * process can have the port. Resolves when the loop is busy.
 */
export async function stallLoop(pid: number, ms: number): Promise<void> {
  process.kill(pid, 'SIGUSR1');
  const socket = await inspector();
  try {
    const found = await evaluate(socket, 'process.pid');
    if (found !== pid)
      throw new CodedError('wrong-process', `Process ${String(found)} has the inspector's port, not ${pid}`);
    await evaluate(
      socket,
      `void setTimeout(() => {
        const end = performance.now() + ${ms};
        while (performance.now() < end);
        process.getBuiltinModule('node:inspector').close();
      }, 0)`,
    );
  } finally {
    socket.close();
  }
}

function evaluate(socket: WebSocket, expression: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    socket.addEventListener('close', () => reject(new CodedError('no-inspector', 'The inspector hung up')));
    socket.addEventListener('message', ({ data }) => {
      const { result } = JSON.parse(String(data)) as { result?: { result: { value?: unknown } } };
      if (result) resolve(result.result.value);
    });
    socket.send(JSON.stringify({ id: 1, method: 'Runtime.evaluate', params: { expression } }));
  });
}

async function inspector(): Promise<WebSocket> {
  for (let tries = 1; ; tries++) {
    try {
      const response = await fetch('http://127.0.0.1:9229/json/list');
      const [target] = (await response.json()) as { webSocketDebuggerUrl: string }[];
      const socket = new WebSocket(target?.webSocketDebuggerUrl ?? '');
      await new Promise((resolve, reject) => {
        socket.addEventListener('open', resolve);
        socket.addEventListener('error', reject);
      });
      return socket;
    } catch (cause) {
      if (tries === 50)
        throw new CodedError('no-inspector', 'The worker opened no inspector on port 9229', { cause });
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}
