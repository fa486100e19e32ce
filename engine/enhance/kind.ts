/** Said of every enhancement: what does it, and that nothing is made up. */
export const ENLARGER_KIND =
  'Enlargement on this machine (guided filter, deconvolution, Lanczos); not a generative model';
