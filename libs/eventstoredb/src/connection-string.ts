/** What we ask of every connection unless the operator says otherwise. */
const DEFAULTS: Readonly<Record<string, string>> = {
  // A read from a follower may miss what was acknowledged before it.
  nodePreference: 'leader',
  // Reads and subscriptions know no deadline: only these find a dead peer.
  keepAliveInterval: '10000',
  keepAliveTimeout: '10000',
};

/** What the client knows and heeds; `tlsVerifyCert` it knows and does not heed. */
const KNOWN = [
  'tls',
  'tlsCAFile',
  'userCertFile',
  'userKeyFile',
  'nodePreference',
  'keepAliveInterval',
  'keepAliveTimeout',
  'connectionName',
  'defaultDeadline',
  'discoveryInterval',
  'gossipTimeout',
  'maxDiscoverAttempts',
  'throwOnAppendFailure',
];

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

export interface ConnectionString {
  /** For the client; holds the password. */
  readonly full: string;
  /** For logs and messages. */
  readonly shown: string;
  /**
   * Handed over with every append: the client then makes a call of its own for it, instead of putting it on one
   * stream that all appends of the process share and die with. Without TLS the client drops them.
   */
  readonly credentials: Credentials;
}

const NOBODY: Credentials = { username: 'anonymous', password: 'anonymous' };

/**
 * @param url `esdb://[user:password@]host[:port][,host...][?tls=false&...]`, or `esdb+discover://`
 * @throws RangeError saying what would be right
 */
export function connectionStringOf(url: string): ConnectionString {
  const [, scheme, user, hosts, query = ''] =
    /^(esdb(?:\+discover)?):\/\/(?:([^@/?]+)@)?([^@/?]+)\/?(?:\?(.*))?$/.exec(url.trim()) ?? [];
  if (scheme === undefined || hosts === undefined)
    throw new RangeError('it looks like esdb://user:password@host:2113 or esdb://host:2113?tls=false');
  const options = optionsOf(query);
  if (user === undefined && options.get('tls') !== 'false')
    throw new RangeError('with TLS it needs user:password@ before the host (or tls=false for trials)');
  const credentials = user === undefined ? undefined : credentialsOf(user);
  const asked = [...options].map(([key, value]) => `${key}=${value}`).join('&');
  return {
    full: `${scheme}://${credentials ? `${escaped(credentials)}@` : ''}${hosts}?${asked}`,
    shown: `${scheme}://${hosts}`,
    credentials: credentials ?? NOBODY,
  };
}

/** What was asked for, by the names that the client has for it, and what we ask of every connection. */
function optionsOf(query: string): ReadonlyMap<string, string> {
  const options = new Map<string, string>();
  for (const option of query.split('&').filter((one) => one !== '')) {
    const [asked = '', value = ''] = option.split('=').map((part) => part.trim());
    // The client writes the whole string to the console, with the password, where it does not know an option.
    const key = KNOWN.find((one) => plain(one) === plain(asked));
    if (key === undefined || value === '')
      throw new RangeError(`${asked}: unknown, or without a value; known are ${KNOWN.join(', ')}`);
    options.set(key, value);
  }
  for (const [key, value] of Object.entries(DEFAULTS)) if (!options.has(key)) options.set(key, value);
  // The client reports revision 1 for every refused append when it is told not to throw.
  if ((options.get('throwOnAppendFailure') ?? 'true') !== 'true')
    throw new RangeError('throwOnAppendFailure must not be switched off');
  for (const key of ['keepAliveInterval', 'keepAliveTimeout']) {
    if (!/^[1-9]\d*$/.test(options.get(key) ?? ''))
      throw new RangeError(`${key}: milliseconds, and never off: nothing else finds a dead peer`);
  }
  return options;
}

/** As the client compares them. */
const plain = (key: string): string => key.toLowerCase().replace(/[_-]/g, '');

function credentialsOf(user: string): Credentials {
  const at = user.indexOf(':');
  if (at <= 0) throw new RangeError('before the @ it needs user:password');
  try {
    return {
      username: decodeURIComponent(user.slice(0, at)),
      password: decodeURIComponent(user.slice(at + 1)),
    };
  } catch {
    throw new RangeError('user and password: a % is written as %25');
  }
}

/** The client cuts a password at a colon that is not escaped. */
const escaped = ({ username, password }: Credentials): string =>
  `${encodeURIComponent(username)}:${encodeURIComponent(password)}`;
