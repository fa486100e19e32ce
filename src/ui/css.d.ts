/** What esbuild makes of a `*.module.css`: each class name and what it became. */
declare module '*.module.css' {
  const names: { readonly [name: string]: string };
  // biome-ignore lint/style/noDefaultExport: this is how a bundler hands out the names
  export default names;
}
declare module '*.css';
