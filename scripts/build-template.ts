import { buildTemplate } from '@liftos/core/database/template.ts';

await buildTemplate();
