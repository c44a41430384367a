import * as fc from 'fast-check';
import { solveFlows } from './flows';

const upTo = (max: number) => fc.nat(max);
const listed = fc.record({
  poor: fc.integer({ min: 5, max: 900 }),
  nearPoor: fc.integer({ min: 5, max: 300 }),
});
const net = fc.record({ poor: fc.integer({ min: -3, max: 3 }), nearPoor: fc.integer({ min: -2, max: 2 }) });
const small = fc.record({
  poorGone: upTo(6),
  becamePoor: upTo(5),
  rePoor: upTo(10),
  newPoor: upTo(30),
  nearPoorGone: upTo(3),
  nearPoorEscaped: upTo(60),
  reNearPoor: upTo(4),
  newNearPoor: upTo(20),
});

describe("a commune's year", () => {
  it('closes where it must, whatever the small movements are', () => {
    fc.assert(
      fc.property(listed, listed, net, small, (opening, closing, moves, wanted) => {
        const flows = solveFlows(opening, closing, moves, wanted);
        const { escapedToNearPoor, escapedAbove, nearPoorEscaped, becamePoor } = flows;
        const poor =
          flows.rePoor + becamePoor + flows.newPoor - escapedToNearPoor - escapedAbove - flows.poorGone;
        const nearPoor =
          flows.reNearPoor +
          escapedToNearPoor +
          flows.newNearPoor -
          nearPoorEscaped -
          becamePoor -
          flows.nearPoorGone;
        expect(opening.poor + moves.poor + poor).toBe(closing.poor);
        expect(opening.nearPoor + moves.nearPoor + nearPoor).toBe(closing.nearPoor);
      }),
    );
  });

  it('has no negative movement, and an escape for every one who falls back', () => {
    fc.assert(
      fc.property(listed, listed, net, small, (opening, closing, moves, wanted) => {
        const flows = solveFlows(opening, closing, moves, wanted);
        for (const count of Object.values(flows)) expect(count).toBeGreaterThanOrEqual(0);
        expect(flows.escapedAbove).toBeGreaterThanOrEqual(flows.rePoor);
        expect(flows.nearPoorEscaped).toBeGreaterThanOrEqual(flows.reNearPoor);
      }),
    );
  });
});
