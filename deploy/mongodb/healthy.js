// Is this server the primary of its replica set? The first time it is asked, it makes the set, of one server.
// Transactions need a replica set; one server of it is enough.
const NOT_YET_INITIALIZED = 94;

try {
  db.adminCommand({ replSetGetStatus: 1 });
} catch (error) {
  if (error.code !== NOT_YET_INITIALIZED) throw error;
  // The name by which the other containers find it: they are told this one.
  rs.initiate({ _id: 'rs0', members: [{ _id: 0, host: 'mongodb:27017' }] });
}
quit(db.hello().isWritablePrimary ? 0 : 1);
