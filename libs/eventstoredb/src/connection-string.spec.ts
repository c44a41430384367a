import { connectionStringOf } from './connection-string';

describe('a connection string', () => {
  it('finds dead peers and reads from the leader, unless it says otherwise', () => {
    expect(connectionStringOf('esdb://localhost:2113?tls=false').full).toBe(
      'esdb://localhost:2113?tls=false&nodePreference=leader&keepAliveInterval=10000&keepAliveTimeout=10000',
    );
    expect(connectionStringOf('esdb://h?tls=false&KeepAliveInterval=20000&nodepreference=random').full).toBe(
      'esdb://h?tls=false&keepAliveInterval=20000&nodePreference=random&keepAliveTimeout=10000',
    );
  });

  it('keeps several seeds, and what is escaped', () => {
    const { full, credentials } = connectionStringOf(
      'esdb+discover://ops:p%40ss%3A@a:2113,b:2113?tlsCAFile=/ca.pem',
    );
    expect(full).toMatch(/^esdb\+discover:\/\/ops:p%40ss%3A@a:2113,b:2113\?tlsCAFile=\/ca\.pem&/);
    expect(credentials).toEqual({ username: 'ops', password: 'p@ss:' });
  });

  it('keeps a password with a colon, which the client would cut there', () => {
    const { full, credentials } = connectionStringOf('esdb://ops:a:b@localhost:2113');
    expect(full).toContain('esdb://ops:a%3Ab@localhost:2113?');
    expect(credentials.password).toBe('a:b');
  });

  it('is shown without the password', () => {
    const { shown } = connectionStringOf('esdb://ops:secret@a:2113,b:2113?tlsCAFile=/ca.pem');
    expect(shown).toBe('esdb://a:2113,b:2113');
  });

  it('hands over credentials with every append also where there are none: without TLS they are dropped', () => {
    expect(connectionStringOf('esdb://localhost?tls=false').credentials.username).not.toBe('');
  });

  it.each([
    ['http://localhost:2113', 'looks like'],
    ['localhost:2113', 'looks like'],
    ['esdb://', 'looks like'],
    ['esdb://localhost:2113', 'with TLS it needs user:password@'],
    ['esdb://ops@localhost:2113', 'user:password'],
    ['esdb://localhost?tls=false&throwOnAppendFailure=false', 'throwOnAppendFailure'],
    ['esdb://localhost?tls=false&throw_on_append-failure=false', 'throwOnAppendFailure'],
    ['esdb://localhost?tls=false&keepAliveInterval=-1', 'dead peer'],
    ['esdb://localhost?tls=false&keepAliveTimeout=off', 'dead peer'],
    ['esdb://localhost?tls=false&keepAlive=10000', 'unknown'],
    ['esdb://localhost?tls=false&tlsVerifyCert=false', 'unknown'],
    ['esdb://ops:100%@localhost', '%25'],
  ])('%s is refused, saying what would be right', (url, said) => {
    expect(() => connectionStringOf(url)).toThrow(RangeError);
    expect(() => connectionStringOf(url)).toThrow(said);
  });
});
