import { startWorker } from './worker.ts';

/** A worker of its own process that is killed at the moment at which it would ring: arguments are the log store's URL. */
const { dispatcher } = await startWorker(process.argv[2]!, {
  name: 'dying',
  means: {
    join: async () => ({
      listen: async () => 'gone',
      awaitTone: async () => false,
      say: async () => {},
      close: async () => {},
    }),
    ring: async () => void process.kill(process.pid, 'SIGKILL'),
    talk: async () => 'sealed',
  },
});
await dispatcher.look();
