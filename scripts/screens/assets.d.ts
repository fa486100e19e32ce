/** Pictures that the bundler turns into data: addresses. */
declare module '*.jpg' {
  const address: string;
  // biome-ignore lint/style/noDefaultExport: this is how a bundler hands out the address
  export default address;
}
declare module '*.png' {
  const address: string;
  // biome-ignore lint/style/noDefaultExport: this is how a bundler hands out the address
  export default address;
}
declare module '*.css';
