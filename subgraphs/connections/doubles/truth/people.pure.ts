import { Random } from '../../mock/random.pure.ts';
import { stableDigits } from './stable.pure.ts';

/** A customer or contact; made up. */
export interface PersonTruth {
  id: string;
  email: string;
  firstName: string;
  lastName: string;
  country: string;
  /** As ISO 3166-2 writes it behind the country. */
  province: string;
  company: string;
}

const firstNames = ['Ada', 'Ben', 'Carla', 'Deniz', 'Emil', 'Fatou', 'Grete', 'Hugo', 'Ines', 'Jonas', 'Kaya', 'Levi'];
const lastNames = [
  'Abel',
  'Brandt',
  'Costa',
  'Duran',
  'Ek',
  'Fischer',
  'Gruber',
  'Holm',
  'Ivanova',
  'Jansen',
  'Keller',
];
const provinces = new Map([
  ['DE', ['BE', 'BY', 'NW']],
  ['AT', ['9', '5']],
  ['CH', ['ZH', 'GE']],
  ['NL', ['NH', 'ZH']],
  ['NZ', ['AUK', 'WGN']],
  ['AU', ['NSW', 'VIC']],
]);
const countries = [...provinces.keys()];
const companies = [
  'Alpenglas',
  'Blauwerk',
  'Canto',
  'Delta Mobil',
  'Eiche & Sohn',
  'Fjordnet',
  'Grünstrom',
  'Halbleiter Nord',
];

/** The person behind a number; the same for the same seed. */
export function personTruth(seed: number, platform: string, key: string): PersonTruth {
  const random = new Random(seed, 'person', platform, key);
  const one = (list: readonly string[]): string => list[Math.floor(random.uniform() * list.length)]!;
  const id = stableDigits(seed, [platform, 'person', key], 12);
  const firstName = one(firstNames);
  const lastName = one(lastNames);
  const email = `${firstName}.${lastName}.${id.slice(-6)}@mail.example`.toLowerCase();
  const country = one(countries);
  const company = `${one(companies)} ${id.slice(0, 3)}`;
  return { id, email, firstName, lastName, country, company, province: one(provinces.get(country)!) };
}
