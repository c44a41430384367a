import { describeReadStore } from '@ledger/poverty-rates/testing';
import { describeOnMongo, dropDatabase } from '../../../test/servers/mongodb';
import { openMongoReadStore } from './open';

describeOnMongo('MongoDB', (mongo) => {
  describeReadStore('the read models in MongoDB', {
    open: () => openMongoReadStore(mongo.url),
    reopen: async (store) => {
      await store.close();
      return openMongoReadStore(mongo.url);
    },
    cleanUp: () => dropDatabase(mongo.url),
  });
});
