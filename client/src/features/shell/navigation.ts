import Cable from 'lucide-solid/icons/cable';
import House from 'lucide-solid/icons/house';
import ListChecks from 'lucide-solid/icons/list-checks';
import Settings from 'lucide-solid/icons/settings';
import Waypoints from 'lucide-solid/icons/waypoints';

/** The screens, in the order of the sidebar, with the key after `g`. */
export const screens = [
  { path: '/hub', label: 'Hub', key: 'h', icon: House },
  { path: '/connections', label: 'Connections', key: 'c', icon: Cable },
  { path: '/attribution', label: 'Attribution', key: 'a', icon: Waypoints },
  { path: '/jobs', label: 'Jobs', key: 'j', icon: ListChecks },
  { path: '/settings', label: 'Settings', key: ',', icon: Settings },
] as const;
