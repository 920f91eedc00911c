import type { AppView } from '@weir/contracts';
import { cache } from 'react';
import { readApi } from '#api/server.ts';

/** An app by its hostname or id; read once per page. */
export const readApp = cache(async (app: string): Promise<AppView> => readApi('apps.read', { params: { app } }));
