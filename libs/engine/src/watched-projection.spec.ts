import type { Position } from '@ledger/event-sourcing';
import { StoreUnavailable } from '@ledger/event-sourcing';
import type { ReadStore } from '@ledger/poverty-rates';
import { setTimeout as delay } from 'node:timers/promises';
import { WatchedProjection } from './watched-projection';

const at = (count: number): Position => String(count).padStart(4, '0') as Position;

/** Read models that another process moves, and how often somebody has looked. */
class Elsewhere {
  position = 0;
  looks = 0;
  gone = false;
  readonly watched = new WatchedProjection({
    snapshot: async () => {
      this.looks++;
      await delay(1);
      if (this.gone) throw new StoreUnavailable('gone');
      return { position: at(this.position), lastDay: null };
    },
  } as unknown as ReadStore);
}

describe('the projection of another process', () => {
  it('has reached what it had reached before anybody asked', async () => {
    const elsewhere = new Elsewhere();
    elsewhere.position = 5;
    expect(await elsewhere.watched.reached(at(5), 0)).toBe(true);
    expect(elsewhere.watched.position).toBe(at(5));
  });

  it('is waited for', async () => {
    const elsewhere = new Elsewhere();
    const waiting = elsewhere.watched.reached(at(2), 5_000);
    await delay(30);
    elsewhere.position = 2;
    expect(await waiting).toBe(true);
  });

  it('has not reached what it does not reach in time', async () => {
    const elsewhere = new Elsewhere();
    expect(await elsewhere.watched.reached(at(1), 40)).toBe(false);
  });

  it('is looked at by one for all who wait, less and less often, and by nobody when nobody waits', async () => {
    const elsewhere = new Elsewhere();
    const waiting = Array.from({ length: 100 }, () => elsewhere.watched.reached(at(1), 300));
    await Promise.all(waiting);
    const { looks } = elsewhere;
    expect(looks).toBeLessThan(30);
    await delay(150);
    expect(elsewhere.looks).toBe(looks);
  });

  it('that cannot be asked is an error, and not a "no"', async () => {
    const elsewhere = new Elsewhere();
    elsewhere.gone = true;
    await expect(elsewhere.watched.reached(at(1), 1_000)).rejects.toBeInstanceOf(StoreUnavailable);
    elsewhere.gone = false;
    expect(await elsewhere.watched.reached(at(0), 0)).toBe(true);
  });

  it('keeps nobody waiting who stops', async () => {
    const elsewhere = new Elsewhere();
    const waiting = elsewhere.watched.reached(at(1), 60_000);
    await delay(10);
    await elsewhere.watched.stop();
    expect(await waiting).toBe(false);
  });
});
