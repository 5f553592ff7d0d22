/**
 * Bugs out of public trackers, in programs that know nothing of Weft but the annotation of their tests. Run by
 * {@code BugsTest}; in an IDE each {@code broken} shows what is found.
 */
package samples.bugs;
