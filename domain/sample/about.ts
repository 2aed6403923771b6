/** What the pages say about samples. Apart from the script, so that no browser loads it. */

/** The invented person's name, by which the interviewer calls them. */
export const SAMPLE_PERSON_NAME = 'Robin';
/** How long making one takes, as measured with the voices that come along; with others it may be more. */
export const SAMPLE_MADE_WITHIN_MS = 140_000;
/** One that is not over by then has failed: above every try of the job that makes it. */
export const SAMPLE_OVERDUE_AFTER_MS = 15 * 60_000;
