import { type Theme, setTheme, theme } from '../../../data/preferences.ts';
import { Card } from '../../../ui/card.tsx';
import { Segmented } from '../../../ui/segmented.tsx';

/** Light, dark, or what the system says. */
export function ThemeCard() {
  return (
    <Card title="Appearance" hint="Kept in this browser">
      <Segmented<Theme>
        label="Theme"
        value={theme()}
        options={[
          { value: 'system', label: 'Like the system' },
          { value: 'light', label: 'Light' },
          { value: 'dark', label: 'Dark' },
        ]}
        onChange={setTheme}
      />
    </Card>
  );
}
