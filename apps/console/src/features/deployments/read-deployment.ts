import type { DeploymentView } from '@weir/contracts';
import { isId } from '@weir/domain';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { readApi } from '#api/server.ts';

/** A deployment by its id; read once per page. */
export const readDeployment = cache(async (id: string): Promise<DeploymentView> => {
  if (!isId('deployment', id)) notFound();
  return readApi('deployments.read', { params: { deployment: id } });
});
