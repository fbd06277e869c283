import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import type { Stores } from '../compute/stores.ts';
import type { Deployment } from '../deployment.ts';
import type { KeysStack } from '../keys-stack.ts';
import type { NetworkStack } from '../network/network-stack.ts';
import { addBus } from './bus.ts';
import { addCallLog, type CallLogUsers } from './call-log.ts';
import { addEdgeStore } from './edge-store.ts';
import { addNames } from './names.ts';
import { addOpenSearch } from './open-search.ts';
import { addRotation } from './rotation/rotation.ts';
import { storeSizes } from './sizes.ts';

/**
 * What holds state: LiveKit's bus, the calls' logs, the edge's store, OpenSearch, and the names under `vestibule.internal`. Who may reach which is the
 * flow matrix's to say; passwords are in Secrets Manager and rotate.
 */
export class StateStack extends Stack implements Stores {
  /** LiveKit's Redis: `host:port`, TLS; the secret's field `password` is its AUTH token. */
  readonly bus: { address: string; password: ISecret };
  readonly callLog: CallLogUsers;
  /** The store of RTPEngine's calls. */
  readonly edgeStore: { password: ISecret };
  readonly openSearch: { url: string; arn: string };
  /** The private hosted zone `vestibule.internal`. */
  readonly zone: { id: string; name: string };

  constructor(
    scope: Construct,
    id: string,
    deployment: Deployment,
    network: NetworkStack,
    keys: KeysStack,
    props: StackProps,
  ) {
    super(scope, id, props);
    const place = { deployment, network, keys };
    const sizes = storeSizes(deployment);
    this.bus = addBus(this, place, sizes);
    this.callLog = addCallLog(this, place, sizes.callLog);
    this.edgeStore = addEdgeStore(this, place, sizes);
    this.zone = addNames(this, place);
    this.openSearch = addOpenSearch(this, place, sizes.openSearch);
    const passwords = [this.bus, this.edgeStore, ...Object.values(this.callLog)].map(
      ({ password }) => password,
    );
    addRotation(this, { keys, passwords, callLog: deployment.settings.callLog });
    new CfnOutput(this, 'OpenSearchUrl', { value: this.openSearch.url });
  }
}
