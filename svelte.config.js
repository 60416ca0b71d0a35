import adapter from '@sveltejs/adapter-node';

/** @type {import('@sveltejs/kit').Config} */
export default {
  kit: {
    adapter: adapter({ out: 'build' }),
    // Scripts run by the hash or nonce that SvelteKit gives them; nothing is fetched from elsewhere. Charts carry styles in
    // attributes, which no nonce can cover.
    csp: {
      mode: 'nonce',
      directives: {
        'default-src': ['self'],
        'script-src': ['self'],
        'style-src': ['self', 'unsafe-inline'],
        'img-src': ['self', 'data:'],
        'font-src': ['self', 'data:'],
        'connect-src': ['self'],
        'object-src': ['none'],
        'base-uri': ['none'],
        'form-action': ['self'],
        'frame-ancestors': ['none'],
      },
    },
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
