import { status } from '@grpc/grpc-js';
import type { sendUnaryData, ServiceError } from '@grpc/grpc-js';
import type { IGossipServer } from '@eventstore/db-client/generated/gossip_grpc_pb';
import { ClusterInfo, EndPoint, MemberInfo } from '@eventstore/db-client/generated/gossip_pb';
import type { IServerFeaturesServer } from '@eventstore/db-client/generated/serverfeatures_grpc_pb';
import { SupportedMethod, SupportedMethods } from '@eventstore/db-client/generated/serverfeatures_pb';
import type { Faults, Leader } from './faults';
import { refusal, uuidOf } from './messages';

/** Like the server whose answers the double repeats, and yet told apart from it. */
export const VERSION = '24.6.0-double';

const STREAMS = 'event_store.client.streams.Streams';

/** What the client asks before its first append without credentials. */
export function featuresService(faults: Faults): Pick<IServerFeaturesServer, 'getSupportedMethods'> {
  return {
    getSupportedMethods: (_call, answer: sendUnaryData<SupportedMethods>) => {
      if (faults.featuresAreSilent) return;
      const code = faults.nextFeatures.shift();
      if (code !== undefined) return answer(failure(code));
      const methods = ['read', 'append', ...(faults.listsBatchAppend ? ['batchappend'] : [])];
      answer(
        null,
        new SupportedMethods()
          .setEventStoreServerVersion(VERSION)
          .setMethodsList(
            methods.map((name) => new SupportedMethod().setServiceName(STREAMS).setMethodName(name)),
          ),
      );
    },
  };
}

const failure = (code: number): ServiceError =>
  refusal(code, `the double was told to answer ${status[code] ?? code}`);

/** What the client asks first where it is to find the server itself (`+discover`, several hosts). */
export function gossipService(faults: Faults, self: () => Leader): Pick<IGossipServer, 'read'> {
  return {
    read: (_call, answer: sendUnaryData<ClusterInfo>) => {
      const { LEADER, FOLLOWER } = MemberInfo.VNodeState;
      const { leader } = faults;
      const members = [
        memberOf(self(), leader ? FOLLOWER : LEADER),
        ...(leader ? [memberOf(leader, LEADER)] : []),
      ];
      answer(null, new ClusterInfo().setMembersList(members));
    },
  };
}

const memberOf = ({ host, port }: Leader, state: MemberInfo.VNodeState): MemberInfo =>
  new MemberInfo()
    .setInstanceId(uuidOf(`00000000-0000-4000-8000-${String(port).padStart(12, '0')}`))
    .setTimeStamp(`${Date.now()}0000`)
    .setState(state)
    .setIsAlive(true)
    .setHttpEndPoint(new EndPoint().setAddress(host).setPort(port));
