import { AREA_TYPES, STATUSES } from '@ledger/kernel';
import { assess, requireStandard } from '@ledger/standards';
import { Dice } from './dice';
import { evidenceFor } from './evidence';

describe('the evidence of a demo review', () => {
  const cases = (['VN-2016', 'VN-2022'] as const).flatMap((standard) =>
    AREA_TYPES.flatMap((areaType) => STATUSES.map((outcome) => [standard, areaType, outcome] as const)),
  );

  it.each(cases)(
    'agrees with the rules of %s, %s, %s, but where an override says so',
    (standard, areaType, outcome) => {
      const dice = new Dice('evidence');
      for (let nth = 0; nth < 500; nth++) {
        const evidence = evidenceFor(dice, standard, areaType, outcome);
        const { check } = assess(requireStandard(standard), { areaType, ...evidence }, outcome);
        expect(check).toBe(evidence.override ? 'contradicted' : 'consistent');
      }
    },
  );
});
