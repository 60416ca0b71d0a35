import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.ts';
import { notFound } from '../errors.ts';
import { Nothing, SearchQuery, TerritoryPath } from '../params.ts';
import { childTerritories, findTerritory, listProducts, searchTerritories } from '../queries/territories.ts';
import { ProductsAnswer, Refusal, TerritoriesAnswer, TerritoryAnswer } from '../wire.ts';

/** Territories by name or code, and products of the basket. */
export async function referenceRoutes(
  instance: FastifyInstance,
  { warehouse, cache }: Context,
): Promise<void> {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>();

  app.get(
    '/api/territories',
    { schema: { querystring: SearchQuery, response: { 200: TerritoriesAnswer, '4xx': Refusal } } },
    async ({ query: { q = '' } }) =>
      cache.answer(`territories ${q}`, async () => ({ territories: await searchTerritories(warehouse, q) })),
  );

  app.get(
    '/api/territories/:oktmo',
    {
      schema: {
        params: TerritoryPath,
        querystring: Nothing,
        response: { 200: TerritoryAnswer, '4xx': Refusal },
      },
    },
    async ({ params: { oktmo } }) =>
      cache.answer(`territory ${oktmo}`, async () => {
        const territory = await findTerritory(warehouse, oktmo);
        if (!territory) throw notFound(`Territory ${oktmo}`);
        return { ...territory, children: await childTerritories(warehouse, oktmo) };
      }),
  );

  app.get(
    '/api/products',
    { schema: { querystring: Nothing, response: { 200: ProductsAnswer, '4xx': Refusal } } },
    async () => cache.answer('products', () => listProducts(warehouse)),
  );
  await Promise.resolve();
}
