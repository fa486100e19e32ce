/** Said wherever the engine introduces itself. */
export const ENHANCER_KIND = 'Enhancement on this machine (denoise, deblock, ESRGAN-medium); not a generative model';
