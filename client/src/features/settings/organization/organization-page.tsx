import { DataCard } from '../data/data-card.tsx';
import { OrganizationSection } from './organization-section.tsx';

/** The organisation itself, and its data. */
export function OrganizationPage() {
  return (
    <>
      <OrganizationSection />
      <DataCard />
    </>
  );
}
