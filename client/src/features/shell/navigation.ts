import Boxes from 'lucide-solid/icons/boxes';
import Cable from 'lucide-solid/icons/cable';
import ChartNoAxesColumnIncreasing from 'lucide-solid/icons/chart-no-axes-column-increasing';
import Compass from 'lucide-solid/icons/compass';
import FlaskConical from 'lucide-solid/icons/flask-conical';
import House from 'lucide-solid/icons/house';
import Layers from 'lucide-solid/icons/layers';
import ListChecks from 'lucide-solid/icons/list-checks';
import Settings from 'lucide-solid/icons/settings';
import SlidersHorizontal from 'lucide-solid/icons/sliders-horizontal';
import Waypoints from 'lucide-solid/icons/waypoints';
import type { Component } from 'solid-js';

interface Screen {
  path: string;
  label: string;
  /** After `g`. */
  key: string;
  icon: Component<{ size?: number; class?: string }>;
}

/** The screens in the order of the sidebar, in groups; a group without a title stands by itself. */
export const groups: { title?: string; screens: Screen[] }[] = [
  {
    screens: [
      { path: '/hub', label: 'Hub', key: 'h', icon: House },
      { path: '/connections', label: 'Connections', key: 'c', icon: Cable },
    ],
  },
  {
    title: 'Causal',
    screens: [
      { path: '/causal', label: 'Overview', key: 'o', icon: Compass },
      { path: '/attribution', label: 'Attribution', key: 'a', icon: Waypoints },
      { path: '/mix-model', label: 'Mix model', key: 'x', icon: Layers },
      { path: '/lift', label: 'Lift', key: 'l', icon: ChartNoAxesColumnIncreasing },
      { path: '/experiments', label: 'Experiments', key: 'e', icon: FlaskConical },
      { path: '/budget', label: 'Budget', key: 'b', icon: SlidersHorizontal },
      { path: '/models', label: 'Models', key: 'm', icon: Boxes },
    ],
  },
  {
    screens: [
      { path: '/jobs', label: 'Jobs', key: 'j', icon: ListChecks },
      { path: '/settings', label: 'Settings', key: ',', icon: Settings },
    ],
  },
];

/** The screens, in the order of the sidebar. */
export const screens: readonly Screen[] = groups.flatMap((group) => group.screens);
