import type { ClientSession, Collection } from 'mongodb';
import type { BalanceDocument } from './documents/balances';
import { isEmpty } from './documents/balances';

/** Removes those of some balances that came to nothing on every day. */
export async function removeEmptyYears(
  balances: Collection<BalanceDocument>,
  ids: readonly string[],
  session?: ClientSession,
): Promise<void> {
  if (ids.length === 0) return;
  // A year that adds up to nothing may have days that do not: those of the suspects are looked at.
  const found = balances.find({ _id: { $in: [...ids] } }, { session, projection: { total: 1 } });
  const suspects = (await found.toArray()).flatMap(({ _id, total }) => (isEmpty(total) ? [_id] : []));
  if (suspects.length === 0) return;
  const years = await balances.find({ _id: { $in: suspects } }, { session }).toArray();
  const empty = years.filter(({ days }) => Object.values(days).every(isEmpty)).map(({ _id }) => _id);
  if (empty.length > 0) await balances.deleteMany({ _id: { $in: empty } }, { session });
}
