import { openEmbedded } from './door/embedded.ts';
import { openServer, type ServerAddress } from './door/server.ts';
import type { Warehouse } from './warehouse.ts';

export type WarehousePlace = { readonly path: string } | ServerAddress;

/**
 * Opens ClickHouse: `path` is a folder for the embedded engine (made when missing, one process at a time, all in the
 * calling thread: other threads go through `connectWarehouse`), `url` a server. Throws WarehouseError.
 */
export function openWarehouse(place: WarehousePlace): Promise<Warehouse> {
  return 'path' in place ? openEmbedded(place.path) : openServer(place);
}
