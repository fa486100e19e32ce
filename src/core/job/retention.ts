/** How long the service remembers. Topaz Labs' API documentation: uploads and results are kept for 7 days. */

/** Milliseconds after its making for which a result can be fetched; after that the service knows nothing of the job. */
export const KEPT = 7 * 24 * 60 * 60_000;
/** The same where something is to be relied on: the last hours are not, for nobody says where the 7 days begin. */
export const SURELY_KEPT = 6.5 * 24 * 60 * 60_000;
