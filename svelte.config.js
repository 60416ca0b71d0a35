import adapter from '@sveltejs/adapter-node';

/** @type {import('@sveltejs/kit').Config} */
export default {
  kit: {
    adapter: adapter({ out: 'build' }),
    files: {
      routes: 'dashboard/routes',
      lib: 'dashboard/lib',
      assets: 'dashboard/static',
      appTemplate: 'dashboard/app.html',
      hooks: { server: 'dashboard/hooks.server' },
      errorTemplate: 'dashboard/error.html',
    },
    typescript: {
      config: (config) => ({
        ...config,
        include: [
          '../dashboard/routes/**/*',
          '../dashboard/lib/**/*',
          '../dashboard/*.ts',
          './types/**/*',
          './ambient.d.ts',
          './non-ambient.d.ts',
        ],
      }),
    },
  },
};
