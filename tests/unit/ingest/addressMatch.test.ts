// Ten house numbers find ten houses, and not their neighbours.
import { expect, test } from 'vitest';
import { addressOf, sameHouse } from '../../../server/ingest/addressMatch.ts';

const house = (properties: Record<string, string>) => addressOf(properties);
const placed = house({ village: '段南沟社区', group: '西山坡自建九组', house_no: '56', address: '桥头街道段南沟社区西山坡自建九组56号' });

test.each([
  [{ village: '段南沟社区', group: '西山坡自建九组', house_no: '56' }],
  [{ village: '段南沟', group: '西山坡自建9组', house_no: '56号' }],
  [{ group: '西山坡自建九组', house_no: '５６' }],
  [{ address: '段南沟社区西山坡自建九组56号' }],
  [{ address: '西山坡自建九组 56 号' }],
])('%o is house 56', (properties) => {
  expect(sameHouse(house(properties), placed)).toBe(true);
});

test.each([
  [{ village: '段南沟社区', group: '西山坡自建九组', house_no: '59' }],
  [{ village: '段南沟社区', group: '西山坡自建九组', house_no: '5' }],
  [{ village: '段南沟社区', group: '西山坡自建九组', house_no: '156' }],
  [{ village: '段南沟社区', group: '西山坡自建八组', house_no: '56' }],
  [{ village: '段北沟社区', group: '西山坡自建九组', house_no: '56' }],
  [{ house_no: '56' }],
  [{ address: '段北沟社区56号' }],
  [{ address: '西山坡自建九组56号院63号' }],
])('%o is not', (properties) => {
  expect(sameHouse(house(properties), placed)).toBe(false);
});
