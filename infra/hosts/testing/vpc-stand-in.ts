import { spawn } from 'node:child_process';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { credentials, isSigned } from './sigv4.ts';

/**
 * STAND-IN for a VPC's router seen from one host: the instance metadata service (IMDSv2) and EC2's query API, with what `interfaces.sh` asks of
 * them. Runs in the namespace of the router: `vpc-stand-in.ts HOST-NAMESPACE`. A line of JSON on its input replaces parts of `world`; it prints
 * `ready`, then a line for each API call.
 */
export interface World {
  /** Path under /latest/meta-data/ and what it answers. */
  metadata: Record<string, string>;
  /** By id. `device` is in the router's namespace until it is attached. */
  interfaces: Record<string, { device: string; mac: string; holder?: string }>;
  /** By id; one that is not here was forgotten. */
  instances: Record<string, string>;
}
export interface Call {
  action: string;
  parameters: Record<string, string>;
  /** `ok`, or EC2's error code. */
  answer: string;
}

const [, , hostNamespace = ''] = process.argv;
const world: World = { metadata: {}, interfaces: {}, instances: {} };

function imds(request: IncomingMessage, path: string, response: ServerResponse): void {
  if (path === 'api/token') return void response.end(request.method === 'PUT' ? 'imds-token' : '');
  const value = world.metadata[path.replace('meta-data/', '')];
  const status =
    request.headers['x-aws-ec2-metadata-token'] !== 'imds-token' ? 401 : value === undefined ? 404 : 200;
  response.writeHead(status).end(status === 200 ? value : '');
}

async function ec2(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await text(request);
  const { Action: action = '', ...parameters } = Object.fromEntries(new URLSearchParams(body));
  const answer = isSigned(request, body, credentials) ? act(action, parameters) : fault('AuthFailure');
  process.stdout.write(
    `${JSON.stringify({ action, parameters, answer: /<Code>(.*?)</.exec(answer)?.[1] ?? 'ok' })}\n`,
  );
  response.writeHead(answer.includes('<Errors>') ? 400 : 200).end(answer);
}

function act(action: string, { NetworkInterfaceId: id = '', ...more }: Record<string, string>): string {
  const instance = more['InstanceId.1'] ?? more['InstanceId'] ?? '';
  switch (action) {
    case 'DescribeInstances':
      return world.instances[instance] === undefined
        ? fault('InvalidInstanceID.NotFound')
        : `<item><instanceId>${instance}</instanceId>\n<placement><name>x</name></placement><instanceState><code>0</code>\n<name>${world.instances[instance]}</name></instanceState></item>`;
    case 'DescribeNetworkInterfaces': {
      const each = more['NetworkInterfaceId.1'] ?? '';
      return world.interfaces[each] === undefined
        ? fault('InvalidNetworkInterfaceID.NotFound')
        : described(each);
    }
    case 'AttachNetworkInterface': {
      const found = world.interfaces[id];
      if (found === undefined || found.holder !== undefined) return fault('InvalidParameterValue');
      found.holder = instance;
      // The device shows up after the answer.
      setTimeout(
        () => spawn('ip', ['link', 'set', found.device, 'netns', hostNamespace], { stdio: 'inherit' }),
        300,
      );
      return `<attachmentId>eni-attach-${id}</attachmentId>`;
    }
    case 'DetachNetworkInterface': {
      const found = world.interfaces[(more['AttachmentId'] ?? '').replace('eni-attach-', '')];
      if (found === undefined || more['Force'] !== 'true') return fault('InvalidAttachmentID.NotFound');
      delete found.holder;
      return '<return>true</return>';
    }
    default:
      return fault('InvalidAction');
  }
}

function described(id: string): string {
  const { mac, holder } = world.interfaces[id]!;
  const attachment =
    holder === undefined
      ? ''
      : `<attachment><attachmentId>eni-attach-${id}</attachmentId><instanceId>${holder}</instanceId><instanceOwnerId>1</instanceOwnerId></attachment>`;
  return `<networkInterfaceSet><item><networkInterfaceId>${id}</networkInterfaceId>\n<macAddress>${mac}</macAddress>${attachment}</item></networkInterfaceSet>`;
}

const fault = (code: string) => `<Response><Errors><Error><Code>${code}</Code></Error></Errors></Response>`;

createInterface(process.stdin).on('line', (line) => Object.assign(world, JSON.parse(line) as Partial<World>));
process.stdin.on('end', () => process.exit());
createServer((request, response) => {
  const path = /^\/latest\/(.*)$/.exec(request.url ?? '')?.[1];
  if (path !== undefined) imds(request, path, response);
  else void ec2(request, response);
}).listen(80, () => process.stdout.write('ready\n'));
