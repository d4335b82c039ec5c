import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cellOf } from '../../../server/publication/publish.ts';

const figure = fc.record({
  households: fc.nat(3000),
  people: fc.nat(9000),
  vulnerable: fc.option(fc.nat(3000)),
  schools: fc.nat(20),
  students: fc.option(fc.nat(9000)),
  property: fc.option(fc.nat()),
});

test('every published number is a multiple of five, and small cells are null and say so', () => {
  fc.assert(
    fc.property(figure, (exact) => {
      const cell = cellOf(exact);
      for (const value of Object.values(cell)) if (typeof value === 'number') expect(value % 5).toBe(0);
      expect(cell.property).toBeNull();
      if (exact.households < 5) expect(cell).toMatchObject({ households: null, people: null, vulnerable: null, suppressed: true });
      else expect(Math.abs((cell.households ?? 0) - exact.households)).toBeLessThanOrEqual(2);
      if (exact.vulnerable !== null && exact.vulnerable < 10) expect(cell).toMatchObject({ vulnerable: null, suppressed: true });
    }),
  );
});
